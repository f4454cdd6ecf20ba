using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The network that a run trains, on its device, with its parameters in one place and the threads that compute it.</summary>
internal sealed class TrainingNetwork : IDisposable
{
    private readonly TrainingThreads? _threads;

    /// <param name="settings">The run's.</param>
    /// <param name="input">The input of its first layer.</param>
    /// <param name="scaler">How numbers come to a common scale; null for not at all.</param>
    /// <param name="outputs">How many outputs it has.</param>
    /// <param name="edges">Those of the bins of its numbers; null where there are none, or a previous run has them.</param>
    public TrainingNetwork(TrainingSettings settings, InputLayout input, InputScaler? scaler, int outputs, float[]? edges = null)
    {
        var (architecture, recipe) = (settings.Architecture, settings.Recipe);
        Network = architecture.CreateNetwork(input, outputs, new NetworkBuilder(recipe, settings.Key.Derive("network")));
        try
        {
            if (settings.Place is null)
                _threads = TrainingThreads.Hold(architecture.TeamThreads, settings.Device);
            if (scaler is not null)
                Network.ScaleInputs(scaler);
            if (edges is not null)
                Network.TakeEdges(edges);
            (settings.Previous?.Weights ?? settings.Start?.Weights)?.CopyTo(Network);
            Network.to(settings.Device);
            Parameters = new FlatParameters(
                Network, settings.UseSpans, recipe.PenalizeBiases, StepStages.LetSlotsWait(settings.Optimizer, recipe), Prepare(Network, settings.Start?.Tuning));

            // Passes in managed code keep gradients of all parameters.
            if (Parameters.UsesSpans && Network.parameters().All(parameter => parameter.requires_grad))
                Network.PreparePasses();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Network Network { get; }

    public FlatParameters Parameters { get; }

    public void Dispose()
    {
        Parameters?.Dispose();
        Network.Dispose();
        _threads?.Dispose();
    }

    /// <summary>Freezes what is not to learn.</summary>
    /// <returns>The learning rates of what learns, by names; null for the same for all.</returns>
    private static Func<string, double>? Prepare(Network network, FineTuning? tuning)
    {
        if (tuning is null)
            return null;

        network.FreezesStatistics = tuning.FreezesStatistics;
        var names = new List<string>();
        foreach (var (name, parameter) in network.named_parameters())
        {
            names.Add(name);
            if (tuning.Freezes(name))
                parameter.requires_grad = false;
        }

        var layers = new BodyLayers(names);
        return name => layers.RateOf(name, tuning);
    }
}
