using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Reads a part of a model file for ML.NET, which finds it by <see cref="LoadableClassAttribute"/> and this method's name.</summary>
internal static class ModelLoader<TPart>
    where TPart : IModelPart<TPart>
{
    public static TPart Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(TPart.Format.Version);
        return TPart.Read(env, new ModelReader(ctx));
    }
}
