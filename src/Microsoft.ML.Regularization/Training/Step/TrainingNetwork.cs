using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;
using TorchSharp.Modules;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The network that a run trains, on its device, with its parameters in one place and the threads that compute it.</summary>
internal sealed class TrainingNetwork : IDisposable
{
    private readonly TrainingThreads? _threads;
    private readonly MklProducts? _products = MklProducts.OfTraining();
    private readonly List<(Parameter Parameter, int FirstEpoch)> _later = [];

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
            var tuning = settings.Start?.Tuning;
            var layers = tuning is null ? null : Prepare(tuning);

            // Layers that learn each in its own way are all in one place.
            Parameters = new FlatParameters(
                Network, settings.UseSpans, recipe.PenalizeBiases, tuning is null && StepStages.LetSlotsWait(settings.Optimizer, recipe),
                layers is null ? null : name => layers.RateOf(name, tuning!), layers is null ? null : name => layers.FirstEpochOf(name, tuning!));

            // Passes in managed code know from the start which parameters learn.
            if (Parameters.UsesSpans && _later.Count == 0)
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

    /// <summary>Until the result is disposed, the calling thread's large products go where they are computed the fastest: see <see cref="MklProducts"/>.</summary>
    public HeldLibrary HoldProducts() => HeldLibrary.Use(_products);

    /// <summary>Lets those parameters learn that do so in an epoch: see <see cref="FineTuning.UnfreezingEpochs"/>.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public void BeginEpoch(int epoch)
    {
        foreach (var (parameter, first) in _later)
            parameter.requires_grad = epoch >= first;
    }

    public void Dispose()
    {
        Parameters?.Dispose();
        Network.Dispose();
        _threads?.Dispose();
    }

    // Freezes what is not to learn.
    private BodyLayers Prepare(FineTuning tuning)
    {
        Network.FreezesStatistics = tuning.FreezesStatistics;
        var named = Network.named_parameters().ToList();
        var layers = new BodyLayers(named.Select(own => own.name));
        foreach (var (name, parameter) in named)
        {
            if (layers.Freezes(name, tuning))
                parameter.requires_grad = false;
            else if (layers.FirstEpochOf(name, tuning) is > 1 and var first)
                _later.Add((parameter, first));
        }

        return layers;
    }
}
