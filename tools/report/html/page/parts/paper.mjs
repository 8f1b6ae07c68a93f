// Paper: what is printed is drawn for it, whatever the window was. page.css says the same under
// "print".

export const kPaperWidth = 700; // pixels between the margins of A4, and of Letter
export const kPaperNames = 170; // of these, beside the lanes of the timeline
