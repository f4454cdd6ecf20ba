namespace Microsoft.ML.Regularization.Reports;

/// <summary>An image, opaque.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Bgra">Blue, green, red and transparency of each pixel.</param>
internal readonly record struct ImageTile(int Width, int Height, byte[] Bgra);
