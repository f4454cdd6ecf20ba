using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Reads a part of a model file, in the order in which it was written.</summary>
/// <param name="context">Where from.</param>
/// <param name="prefix">What the names of its streams begin with.</param>
internal sealed class ModelReader(ModelLoadContext context, string prefix = "")
{
    /// <summary>For the base classes of ML.NET, which read their own part.</summary>
    public ModelLoadContext Context => context;

    public int ReadInt32() => context.Reader.ReadInt32();

    public float ReadSingle() => context.Reader.ReadSingle();

    public bool ReadBoolean() => context.Reader.ReadBoolean();

    public string ReadText() => context.LoadNonEmptyString();

    public string? ReadTextOrNull() => context.LoadStringOrNull();

    /// <summary>Finds a stream of the part's own.</summary>
    /// <exception cref="FormatException">There is no such stream.</exception>
    public ModelStream Find(IExceptionContext errors, string name) => ModelStream.Find(errors, context, prefix + name);

    /// <summary>Reads a transformer that the part holds.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public TModel ReadModel<TModel>(IHostEnvironment env, string folder)
        where TModel : class
    {
        context.LoadModel<TModel, SignatureLoadModel>(env, out var model, folder);
        return model;
    }

    /// <summary>The same place, for streams whose names begin with a prefix.</summary>
    public ModelReader Within(string names) => new(context, prefix + names);
}
