import { Lexer } from 'yaml';

/** A file of 10,000 Actions has a third of it. */
const mostLexemes = 300_000;
const deepestFlow = 200;

/** Why a text is too much for the parser, which would take seconds or all of the stack; undefined where it is not. */
export function sizeFault(content: string): string | undefined {
  let count = 0;
  let depth = 0;
  for (const lexeme of new Lexer().lex(content)) {
    if (++count > mostLexemes) return 'the file holds too many values; split it';
    if (lexeme === '[' || lexeme === '{') depth++;
    else if ((lexeme === ']' || lexeme === '}') && depth > 0) depth--;
    if (depth > deepestFlow) return 'values are nested too deep';
  }
  return undefined;
}
