using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Model files that are replaced while they are in use.</summary>
public static class ModelCatalog
{
    /// <summary>
    /// Saves a model like <c>Save</c>, but so that the file is at every moment the old one or the new one, whole: the model is written into a temporary
    /// file beside it and onto the disk, and then takes the file's name. Who loads meanwhile gets one of the two. Any model of ML.NET can be saved so.
    /// </summary>
    /// <remarks>
    /// Several may save to one path at once: the last one wins. A process that is killed leaves its temporary file, <c>model.zip.*.tmp</c>, behind. A symbolic
    /// link stays one, and the file that it leads to is replaced. On Windows a file cannot be replaced while somebody is loading it: that is an
    /// <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>, and trying again later helps.
    /// </remarks>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The columns of the rows that it was fitted on; null to leave them out.</param>
    /// <param name="filePath">The file, which need not exist. Its folder does.</param>
    /// <exception cref="IOException">The model could not be written; the file that was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file cannot be written to; the file that was there is as it was.</exception>
    /// <example><code>
    /// ml.Model.SaveAtomically(model, train.Schema, "model.zip");
    /// </code></example>
    public static void SaveAtomically(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath) =>
        catalog.SaveAtomically(model, inputSchema, filePath, through: file => file);

    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The columns of the rows that it was fitted on.</param>
    /// <param name="filePath">The file.</param>
    /// <param name="through">What stands between the writer and the file.</param>
    internal static void SaveAtomically(
        this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath, Func<Stream, Stream> through)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(model, nameof(model));
        Contracts.CheckNonWhiteSpace(filePath, nameof(filePath));
        var path = new FileInfo(filePath).LinkTarget is null ? filePath : File.ResolveLinkTarget(filePath, returnFinalTarget: true)!.FullName;
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        AtomicFile.Replace(path, temporary, stream => ModelArchive.Save(catalog, model, inputSchema, stream), through);
    }
}
