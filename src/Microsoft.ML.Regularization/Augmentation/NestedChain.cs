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
    /// <summary>Whether a chain that is being fitted is asking, possibly through inner chains, for the rows that its next estimator will read.</summary>
    public static bool IsFeedingItsNextEstimator()
    {
        var throughChain = false;
        foreach (var frame in new StackTrace(skipFrames: 2, fNeedFileInfo: false).GetFrames())
        {
            var method = frame.GetMethod();
            var type = method?.DeclaringType;
            var definition = type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;
            if (definition == typeof(TransformerChain<>))
                throughChain = true;
            else
                return throughChain && definition == typeof(EstimatorChain<>) && method!.Name == nameof(EstimatorChain<ITransformer>.Fit);
        }

        return false;
    }
}
