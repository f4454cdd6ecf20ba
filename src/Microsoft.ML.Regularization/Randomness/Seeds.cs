using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Randomness;

internal static class Seeds
{
    /// <summary>The seed that was asked for, or the context's; null where neither is.</summary>
    public static int? Asked(IHostEnvironment env, int? seed) => seed ?? env.ContextSeed();

    /// <summary>The seed that was asked for, else the context's, else a random one.</summary>
    public static int Resolve(IHostEnvironment env, int? seed) =>
        Asked(env, seed) ?? Random.Shared.Next();
}
