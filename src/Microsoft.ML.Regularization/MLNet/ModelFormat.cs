namespace Microsoft.ML.Regularization.MLNet;

/// <summary>How a part of a model file is marked.</summary>
/// <param name="Signature">Eight letters that the part starts with.</param>
/// <param name="LoaderSignature">Names the reader of the part, see <see cref="LoadableClassAttribute"/>.</param>
/// <param name="Written">The version that is written. Default: the first.</param>
/// <param name="Readable">The oldest version whose readers understand what is written. Default: the first.</param>
/// <param name="Oldest">The oldest version that can be read. Default: the first.</param>
internal sealed record ModelFormat(
    string Signature, string LoaderSignature, uint Written = ModelFormat.First, uint Readable = ModelFormat.First, uint Oldest = ModelFormat.First)
{
    public const uint First = 0x00010001;

    public VersionInfo Version => new(
        modelSignature: Signature,
        verWrittenCur: Written,
        verReadableCur: Readable,
        verWeCanReadBack: Oldest,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(ModelFormat).Assembly.FullName);
}
