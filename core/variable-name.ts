/** Names that a shell takes for a variable. */
export const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
