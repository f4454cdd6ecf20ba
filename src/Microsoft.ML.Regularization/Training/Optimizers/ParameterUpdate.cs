using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Applies the rule of an <see cref="Optimizer"/> to all parameters and keeps its state from step to step. Weight decay shrinks the weights by
/// <c>1 - learningRate * weightDecay * factor</c>, with the factor and the rate of their <see cref="DecayRange"/>, separately from the gradient step and never enters that state; the step of a proximal penalty follows in the rule's
/// own metric.
/// </summary>
internal abstract class ParameterUpdate : IDisposable, ICheckpointed
{
    private const int Range = 65536;

    private readonly double _weightDecay;
    private readonly IProximalPenalty? _proximal;
    private readonly Tensor? _momentum;
    private readonly Tensor? _variance;
    private readonly WaitingSlots? _waiting;

    // Of each range the steps that it has not learned in.
    private int[] _missed;

    /// <param name="parameters">The parameters to update.</param>
    /// <param name="shrinkage">Weight decay and the proximal penalty, which shrink weights separately from the gradient.</param>
    /// <param name="hasMomentum">Whether momentum is remembered.</param>
    /// <param name="hasVariance">Whether a variance is.</param>
    private protected ParameterUpdate(FlatParameters parameters, WeightShrinkage shrinkage, bool hasMomentum, bool hasVariance)
    {
        Parameters = parameters;
        _momentum = hasMomentum ? Remember() : null;
        _variance = hasVariance ? Remember() : null;
        _waiting = parameters.Waiting.Count > 0 ? new WaitingSlots(parameters, hasMomentum, hasVariance) : null;
        _missed = new int[parameters.Decays.Count];
        (_weightDecay, _proximal) = (shrinkage.WeightDecay, shrinkage.Proximal);
    }

    protected FlatParameters Parameters { get; }

    /// <summary>The running mean or sum of gradients, of the flat tensors' length; null where the rule has none.</summary>
    protected Tensor? Momentum => _momentum;

    /// <summary>The running mean of their squares; null where the rule has none.</summary>
    protected Tensor? Variance => _variance;

    /// <summary>The step that is taken, from 1.</summary>
    protected int StepNumber { get; private set; }

    /// <summary>The epoch, from 1: what learns later stays as it is.</summary>
    public int Epoch { get; set; } = 1;

    /// <param name="learningRate">The step's.</param>
    /// <param name="decayFactor">The share of the recipe's weight decay in this step.</param>
    public void Step(double learningRate, double decayFactor = 1)
    {
        StepNumber++;
        BeginStep(learningRate);
        _waiting?.Step(Quiet(learningRate), PartOf(new DecayRange(Start: 0, Length: 0, Factor: 1, IsPenalized: true)), Update);
        foreach (var (place, range) in Parameters.Decays.Index())
        {
            if (range.FirstEpoch > Epoch)
                _missed[place]++;
            else
                StepPart(PartOf(range) with { Steps = StepNumber - _missed[place] });
        }

        FlatPart PartOf(DecayRange range) => new(
            range.Start,
            range.Length,
            learningRate * range.Rate,
            1 - learningRate * range.Rate * (_weightDecay * decayFactor) * range.Factor,
            range.IsPenalized && _proximal is not null)
        {
            Rate = range.Rate,
        };
    }

    /// <summary>Applies all deferred steps, so that every slot has the weights it would have without deferral.</summary>
    public void BringUpToDate() => _waiting?.BringUpToDate();

    public void Checkpoint(CheckpointState state)
    {
        StepNumber = state.Value("step", StepNumber);
        if (Parameters.Decays.Any(range => range.FirstEpoch > 1))
            _missed = state.Value("missed", _missed);
        if (_momentum is not null)
            state.Elements("memory.0", _momentum);
        if (_variance is not null)
            state.Elements("memory.1", _variance);
        state.Part("waiting", _waiting);
    }

    public void Dispose()
    {
        _momentum?.Dispose();
        _variance?.Dispose();
        _waiting?.Dispose();
    }

    /// <summary>Called before the parts of a step.</summary>
    protected virtual void BeginStep(double learningRate)
    {
    }

    /// <summary>Takes the step by managed kernels, in one pass; of several ranges at a time.</summary>
    protected abstract void Update(UpdatedSpans spans, FlatPart part);

    /// <summary>Takes the same step by a few torch calls, for weights on another device.</summary>
    protected abstract void UpdateTensors(FlatPart part);

    /// <summary>How far the step moves each weight by its gradient.</summary>
    protected abstract StepMetric Metric(double learningRate);

    /// <summary>The effect of the step on weights without a gradient.</summary>
    protected abstract QuietStep Quiet(double learningRate);

    private Tensor Remember() => zeros_like(Parameters.Weights).DetachFromDisposeScope();

    private void UpdateSpans(FlatPart part)
    {
        var spans = new UpdatedSpans(
            part.SpanOf(Parameters.Weights),
            part.SpanOf(Parameters.Gradients),
            _momentum is null ? [] : part.SpanOf(_momentum),
            _variance is null ? [] : part.SpanOf(_variance));
        Update(spans, part);
        if (part.IsPenalized)
            _proximal!.Apply(spans.Weights, spans.Variance, Metric(part.LearningRate));
    }

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
        if (part.IsPenalized)
            _proximal!.Apply(part.Of(Parameters.Weights), _variance is null ? null : part.Of(_variance), Metric(part.LearningRate));
    }
}
