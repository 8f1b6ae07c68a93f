// Paper: what is printed is drawn for it, whatever the window was. page.css says the same under
// "print".

export const kPaperWidth = 716; // pixels between the margins of A4, and of Letter
export const kPaperNames = 170; // of these, beside the lanes of the timeline

/** Rows of a list that are printed: some ten sheets. What are more, are told of. */
export const kMostOnPaper = 200;
