/** stub */
export const table = () => "";
export const pictures = () => ({});
