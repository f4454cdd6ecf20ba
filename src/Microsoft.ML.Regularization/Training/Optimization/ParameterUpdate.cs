using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The rule of an <see cref="Optimizer"/> at work on all parameters, with what it remembers of earlier steps. Weight decay shrinks the weights by
/// <c>1 - learningRate * weightDecay</c> beside the gradient step and never enters what is remembered; L1's proximal step follows in the rule's own metric.
/// </summary>
internal abstract class ParameterUpdate : IDisposable, ICheckpointed
{
    private const int Range = 65536;

    private readonly double _weightDecay;
    private readonly double _l1;
    private readonly List<Tensor> _memories = [];

    private protected ParameterUpdate(FlatParameters parameters, RegularizationRecipe recipe)
    {
        Parameters = parameters;
        _weightDecay = recipe.WeightDecay;
        _l1 = recipe.L1;
    }

    protected FlatParameters Parameters { get; }

    /// <summary>The step that is taken, from 1.</summary>
    protected int StepNumber { get; private set; }

    public static ParameterUpdate Create(Optimizer optimizer, FlatParameters parameters, RegularizationRecipe recipe) => optimizer switch
    {
        SgdOptimizer sgd => new SgdUpdate(sgd, parameters, recipe),
        AdamOptimizer adam => new AdamUpdate(adam, parameters, recipe),
        RmsPropOptimizer rmsProp => new RmsPropUpdate(rmsProp, parameters, recipe),
        _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, message: null),
    };

    public void Step(double learningRate)
    {
        StepNumber++;
        var decayed = Parameters.DecayedLength;
        StepPart(new FlatPart(0, decayed, learningRate, 1 - learningRate * _weightDecay, _l1));
        StepPart(new FlatPart(decayed, Parameters.Weights.numel() - decayed, learningRate, Shrink: 1, L1: 0));
    }

    public void Checkpoint(CheckpointState state)
    {
        StepNumber = state.Value("step", StepNumber);
        for (var i = 0; i < _memories.Count; i++)
            state.Elements($"memory.{i}", _memories[i]);
    }

    public void Dispose() => _memories.ForEach(memory => memory.Dispose());

    /// <summary>A number for each weight that lasts from step to step, at first 0.</summary>
    protected Tensor Remember()
    {
        var memory = zeros_like(Parameters.Weights).DetachFromDisposeScope();
        _memories.Add(memory);
        return memory;
    }

    /// <summary>Takes the step by managed kernels, in one pass; of several ranges at a time.</summary>
    protected abstract void UpdateSpans(FlatPart part);

    /// <summary>Takes the same step by a few torch calls, for weights on another device.</summary>
    protected abstract void UpdateTensors(FlatPart part);

    private void StepPart(FlatPart part)
    {
        if (part.Length == 0)
            return;

        if (Parameters.UsesSpans)
        {
            RangeWork.Run((int)part.Length, Range, (start, length) => UpdateSpans(part with { Start = part.Start + start, Length = length }));
            return;
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        UpdateTensors(part);
    }
}
