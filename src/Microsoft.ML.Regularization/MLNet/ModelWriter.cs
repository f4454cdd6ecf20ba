namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Writes a part of a model file.</summary>
internal sealed class ModelWriter(ModelSaveContext context)
{
    /// <summary>Starts a part.</summary>
    public static ModelWriter Start(ModelSaveContext context, ModelFormat format)
    {
        context.CheckAtModel();
        context.SetVersionInfo(format.Version);
        return new ModelWriter(context);
    }

    public void Write(int value) => context.Writer.Write(value);

    public void Write(float value) => context.Writer.Write(value);

    public void Write(bool value) => context.Writer.Write(value);

    /// <param name="text">Not empty.</param>
    public void Write(string text) => context.SaveNonEmptyString(text);

    public void WriteOrNull(string? text) => context.SaveStringOrNull(text);

    /// <summary>Writes a stream of the part's own.</summary>
    /// <returns>Its checksum.</returns>
    public string WriteStream(string name, byte[] content) => ModelStream.Write(context, name, content);
}
