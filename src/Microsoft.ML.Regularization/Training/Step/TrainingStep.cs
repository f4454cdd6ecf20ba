using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// One step of training: the gradient of a batch's loss, the stages after it, the optimizer, and the stages after that. Holds the state that lasts from step
/// to step.
/// </summary>
internal sealed class TrainingStep : IDisposable, ICheckpointed
{
    private readonly TrainingNetwork _trained;
    private readonly Network _network;
    private readonly FlatParameters _parameters;
    private readonly ILossGradient _gradient;
    private readonly StepStages _stages;
    private readonly ParameterUpdate _optimizer;

    /// <param name="trained">The network to train.</param>
    /// <param name="objective">The rows' loss.</param>
    /// <param name="refresh">Takes running statistics for averaged weights.</param>
    /// <param name="settings">The run's.</param>
    public TrainingStep(TrainingNetwork trained, Objective objective, IStatisticsRefresh refresh, TrainingSettings settings)
    {
        var recipe = settings.Recipe;
        (_trained, _network, _parameters) = (trained, trained.Network, trained.Parameters);
        _gradient = GradientChain.Of(
            new LossPasses(_network, objective, recipe), _parameters, recipe, settings.Architecture.MixableStates, settings.Key.Derive("gradient"), settings.Start?.Tuning);
        _optimizer = settings.Optimizer.CreateUpdate(_parameters, WeightShrinkage.Of(recipe));
        Average = recipe.WeightAveraging?.CreateAverage(_parameters, refresh, settings.MaxEpochs);
        _stages = new StepStages(recipe, _network, _parameters, Average, settings.Start?.Tuning, isHeadNew: settings.Previous is null);
    }

    /// <summary>The average of the weights; null for none.</summary>
    public WeightAverage? Average { get; }

    /// <summary>Called before the steps of an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public void BeginEpoch(int epoch)
    {
        _trained.BeginEpoch(epoch);
        _optimizer.Epoch = epoch;
    }

    /// <summary>Takes the step. Weights do not change if loss or gradient is not finite.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="learningRate">The step's.</param>
    /// <param name="decayFactor">The share of the recipe's weight decay in this step.</param>
    public (double Loss, double GradientNorm) Take(TrainingBatch batch, double learningRate, double decayFactor = 1)
    {
        using var products = _trained.HoldProducts();

        // Frees what the network computed, too.
        using var pass = _network.Begin(isTraining: true);
        _parameters.ClearGradients();
        var loss = _gradient.Add(batch);
        foreach (var penalty in _stages.Penalties)
            penalty.AddGradient();

        var norm = GradientNorm.Of(_parameters);
        if (!double.IsFinite(norm) || !double.IsFinite(loss))
            return (loss, norm);

        foreach (var stage in _stages.AfterGradient)
            stage.AfterGradient(norm);
        _optimizer.Step(learningRate, decayFactor);
        foreach (var stage in _stages.AfterStep)
            stage.AfterStep();
        return (loss, norm);
    }

    /// <summary>Gives all weights the values that they have after the last step, including those that the optimizer deferred.</summary>
    public void BringUpToDate() => _optimizer.BringUpToDate();

    public void Checkpoint(CheckpointState state)
    {
        state.Part("optimizer", _optimizer);
        state.Part("average", Average);
    }

    public void Dispose()
    {
        foreach (var penalty in _stages.Penalties)
            (penalty as IDisposable)?.Dispose();
        (_gradient as IDisposable)?.Dispose();
        Average?.Dispose();
        _optimizer.Dispose();
    }
}
