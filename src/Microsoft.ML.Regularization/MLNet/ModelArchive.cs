using System.IO.Compression;
using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Models in files of ML.NET's.</summary>
internal static class ModelArchive
{
    /// <summary>Replaces a file by a model as a whole.</summary>
    /// <param name="catalog">Writes the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The columns of rows before it; null to leave them out.</param>
    /// <param name="path">The file.</param>
    /// <param name="temporary">The temporary file; null for one of a new name beside it.</param>
    /// <exception cref="IOException">It could not be written; the file that was there is whole.</exception>
    public static void Replace(ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string path, string? temporary = null) =>
        AtomicFile.Replace(path, temporary ?? $"{path}.{Path.GetRandomFileName()}.tmp", stream => Save(catalog, model, inputSchema, stream), through: file => file);

    /// <summary>Saves a model, and sees to it that all of it was written: ML.NET reports no error if the end of the archive could not be.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Save(ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, Stream stream)
    {
        catalog.Save(model, inputSchema, stream);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = archive.Entries;
        }
        catch (InvalidDataException exception)
        {
            throw new IOException("The end of the model file could not be written.", exception);
        }
    }
}
