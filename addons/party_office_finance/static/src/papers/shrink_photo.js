const LONGEST = 2200;
const SMALL_ENOUGH = 700 * 1024;
const QUALITY = 0.8;

/**
 * A photo small enough for a slow network, and sharp enough to read an invoice.
 *
 * @param {File} file
 * @returns {Promise<File>} the same file when it is small, or not a photo
 */
export async function shrinkPhoto(file) {
    if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size <= SMALL_ENOUGH) {
        return file;
    }
    let bitmap;
    try {
        bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
        // a format that this browser cannot draw goes as it is
        return file;
    }
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) {
        return file;
    }
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}
