using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The stages of a training step around its optimizer, each kind in the order in which it runs. A new one is added here.</summary>
internal sealed class StepStages
{
    /// <param name="recipe">Says which stages.</param>
    /// <param name="network">The network to train.</param>
    /// <param name="parameters">Its parameters, which they change.</param>
    /// <param name="average">The average of the weights; null for none.</param>
    /// <param name="tuning">How far the weights may go from where they are; null for any distance.</param>
    /// <param name="isHeadNew">Whether the last layer's weights are random, to which nothing pulls them back.</param>
    public StepStages(RegularizationRecipe recipe, INetworkTensors network, FlatParameters parameters, WeightAverage? average, FineTuning? tuning = null, bool isHeadNew = true)
    {
        Penalties =
        [
            .. Present<IPenaltyGradient>(
                recipe.L2 > 0 ? new L2Penalty(recipe.L2, parameters) : null,
                tuning is { StartingPointPenalty: > 0 } or { HeadPenalty: > 0 } ? new StartingPointPenalty(tuning, parameters, isHeadNew) : null,
                recipe.Penalty is { } penalty ? new CustomPenaltyGradient(penalty, network) : null),
        ];
        AfterGradient = [.. Present<IAfterGradient>(recipe.GradientClipping?.CreateClipper(parameters))];
        AfterStep = [.. Present<IAfterStep>(recipe.MaxNorm is { } norm ? new MaxNormConstraint(norm, parameters) : null, average)];
    }

    /// <summary>Add to the gradient, before its norm is taken.</summary>
    public IReadOnlyList<IPenaltyGradient> Penalties { get; }

    /// <summary>Change the gradient before the optimizer follows it.</summary>
    public IReadOnlyList<IAfterGradient> AfterGradient { get; }

    /// <summary>Run after the optimizer has moved the weights.</summary>
    public IReadOnlyList<IAfterStep> AfterStep { get; }

    /// <summary>
    /// Whether slots of a matrix that no row uses may be deferred and take their missed steps all at once: not if a stage, a gradient technique or a proximal
    /// penalty needs the current values of all weights in every step.
    /// </summary>
    public static bool LetSlotsWait(Optimizer optimizer, RegularizationRecipe recipe) =>
        recipe is { L1: 0, L2: 0, Penalty: null, MaxNorm: null, SharpnessAware: null, WeightAveraging: null, GradientClipping: not { ReadsWeights: true } }
        && optimizer.CanMissSteps;

    private static IEnumerable<T> Present<T>(params IEnumerable<T?> stages)
        where T : class => stages.OfType<T>();
}
