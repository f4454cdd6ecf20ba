using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>What a model file holds, and a <see cref="ModelLoader{TPart}"/> reads again.</summary>
/// <typeparam name="TPart">The type itself.</typeparam>
internal interface IModelPart<TPart>
{
    static abstract ModelFormat Format { get; }

    /// <exception cref="FormatException">The file is damaged.</exception>
    static abstract TPart Read(IHostEnvironment env, ModelReader reader);
}
