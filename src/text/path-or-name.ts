/** Where a name and the path of a file are both possible: a path has a "/", or an ending. */
export const isPath = (text: string): boolean => /[/\\.]/.test(text)
