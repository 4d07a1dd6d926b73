/** What names of locks and groups are made of, also once they are computed: branches are often part of them. */
export const holdName = /^[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,199}$/;

export const holdNameRule = 'it begins with a letter or digit and holds up to 200 letters, digits, and _ . : @ / -';
