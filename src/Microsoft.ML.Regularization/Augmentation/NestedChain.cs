using System.Diagnostics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Makes <c>a.Append(b.Append(mixup)).Append(trainer)</c> equal to the flat chain. ML.NET asks only the direct members of a chain for their
/// training-time rows; an inner chain that has been fitted is asked to <c>Transform</c>, as for scoring, and would drop the augmentation
/// in silence. The two calls differ in nothing but the caller: only <c>EstimatorChain.Fit</c> calls a fitted chain to feed the estimator
/// behind it.
/// </summary>
internal static class NestedChain
{
    /// <summary>
    /// Whether a chain that is being fitted asks, possibly through inner chains, for the rows that its next estimator will read. Called by the
    /// transformer that is asked.
    /// </summary>
    public static bool IsFeedingItsNextEstimator()
    {
        var throughChain = false;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            var method = frame.GetMethod();
            var type = method?.DeclaringType;
            if (type == typeof(NestedChain) || type == typeof(TrainingOnlyTransformer))
                continue;

            var definition = type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;
            if (definition != typeof(TransformerChain<>))
                return throughChain && definition == typeof(EstimatorChain<>) && method!.Name == nameof(EstimatorChain<ITransformer>.Fit);

            throughChain = true;
        }

        return false;
    }
}
