'use client';
import type { AnchorHTMLAttributes, ImgHTMLAttributes, TableHTMLAttributes } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import classes from './markdown.module.css';

/**
 * Markdown of a process's making. HTML in it is shown as it was written, links lead only to web addresses, and nothing is loaded from
 * anywhere: an image becomes a link.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.markdown}>
      <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={webAddress}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

const plugins = [remarkGfm];

/** Nothing for what is no address of the web; one within this server would be a button that we never made. */
function webAddress(address: string): string {
  return /^https?:\/\//i.test(address) || /^#[\w-]+$/.test(address) ? address : '';
}

const components: Components = {
  a: ({ href, children }: AnchorHTMLAttributes<HTMLAnchorElement>) =>
    href === undefined || href === '' ? (
      <span>{children}</span>
    ) : (
      <a href={href} rel="noopener noreferrer nofollow" {...(href.startsWith('#') ? {} : { target: '_blank' })}>
        {children}
      </a>
    ),
  img: ({ src, alt }: ImgHTMLAttributes<HTMLImageElement>) =>
    typeof src !== 'string' || src === '' ? (
      <span>{alt}</span>
    ) : (
      <a href={src} rel="noopener noreferrer nofollow" target="_blank">
        {alt === undefined || alt === '' ? src : alt}
      </a>
    ),
  table: ({ children }: TableHTMLAttributes<HTMLTableElement>) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className={classes.table} tabIndex={0} role="region" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
  // Headings of a summary stand below those of the page.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
};
