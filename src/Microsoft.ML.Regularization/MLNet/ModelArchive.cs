using System.IO.Compression;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Models in files of ML.NET's.</summary>
internal static class ModelArchive
{
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
