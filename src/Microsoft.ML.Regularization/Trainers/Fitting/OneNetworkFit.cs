using Microsoft.ML.Regularization.Ensembles;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The part of a fit that trains one network, of which TabM may keep some members: see <see cref="TabMArchitecture.KeptMembers"/>.</summary>
internal static class OneNetworkFit
{
    /// <param name="setup">The trainer's.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The network's.</param>
    /// <param name="previous">What to continue from; null to start anew.</param>
    /// <returns>What it has learned, and its settings where they are others now.</returns>
    public static (TrainingOutcome Outcome, InputLayout Input, TrainingSettings? Own) Train(
        TrainerSetup setup, IChannel channel, TrainingSet data, TrainingSettings settings, TrainedNetwork? previous)
    {
        if (setup.Plan.Architecture is not TabMArchitecture { KeptMembers: { } kept } architecture)
        {
            var (trained, layout) = Retraining.Train(setup.Host, channel, data, settings with { Previous = previous?.Outcome });
            return (trained, layout, null);
        }

        var (outcome, input) = Retraining.Train(setup.Host, channel, data, Once(settings) with { Previous = previous?.Outcome });
        var pruned = new MemberPruning(setup.Host, channel, data, settings).Prune(architecture, kept, outcome, input);
        return (pruned.Outcome, input, settings with { Architecture = pruned.Architecture });
    }

    // Rows that members are chosen by must not be trained on.
    private static TrainingSettings Once(TrainingSettings settings) => settings with
    {
        Recipe = settings.Recipe with { EarlyStopping = settings.Recipe.EarlyStopping is { } stopping ? stopping with { RetrainsOnAllRows = false } : null },
    };
}
