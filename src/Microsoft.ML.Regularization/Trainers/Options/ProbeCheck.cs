using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks what a fitted head needs of the other options: see <see cref="FineTuning.Probe"/>.</summary>
internal static class ProbeCheck
{
    /// <exception cref="ArgumentOutOfRangeException">An option contradicts another one.</exception>
    /// <param name="context">Makes errors.</param>
    /// <param name="options">The options.</param>
    /// <param name="network">The architecture that results from them.</param>
    public static void Check(IExceptionContext context, NeuralNetworkOptions options, NetworkArchitecture network)
    {
        if (options.FineTuning is not { Probe: { } probe } tuning)
            return;

        Refuse((network.Takes & (NetworkInputs.Images | NetworkInputs.Texts)) == NetworkInputs.None, $"Architecture is {network}", "heads are fitted for images and texts: leave it null");
        Refuse(options.Members > 1, $"{nameof(options.Members)} is {options.Members}", "members would have the same head: take 1");
        Refuse(options.Folds is not null, $"{nameof(options.Folds)} is {options.Folds}", $"the penalty has folds of its own: leave {nameof(options.Folds)} null");
        Refuse(options.Loss is FocalLoss or CustomLoss, $"{nameof(options.Loss)} is {options.Loss}", "the head is fitted by L-BFGS, to a loss of the library that has one minimum: take another loss");
        Refuse(
            tuning.IsProbeAlone && options.Recipe is { } recipe && recipe != RegularizationRecipe.None, $"{nameof(options.Recipe)} is {options.Recipe}",
            $"features are computed once, and there are no steps for it to act in: leave {nameof(options.Recipe)} null, or {nameof(FineTuning.Probe)} to train the head step by step");

        void Refuse(bool isSet, string what, string why)
        {
            if (isSet)
                throw context.ExceptUserArg(nameof(FineTuning.Probe), $"FineTuning.Probe is {probe}, but {what}: {why}.");
        }
    }
}
