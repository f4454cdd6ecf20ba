namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Writes a part of a model file.</summary>
/// <param name="context">Where to.</param>
/// <param name="prefix">What the names of its streams begin with.</param>
internal sealed class ModelWriter(ModelSaveContext context, string prefix = "")
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
    public string WriteStream(string name, byte[] content) => ModelStream.Write(context, prefix + name, content);

    /// <summary>Writes a transformer that the part holds, into a folder of its own.</summary>
    public void WriteModel(string folder, ITransformer model) => context.SaveModel(model, folder);

    /// <summary>The same place, for streams whose names begin with a prefix.</summary>
    public ModelWriter Within(string names) => new(context, prefix + names);
}
