using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A torch module from rows (batch, width of the input) to outputs (batch, outputs), and the clock of its noise.</summary>
internal abstract class Network : nn.Module<Tensor, Tensor>, INetworkTensors
{
    private readonly NetworkBuilder _builder;
    private InputScalingLayer? _scaling;
    private bool _isTraining;
    private RunningStatistics? _statistics;

    protected Network(string name, NetworkBuilder builder)
        : base(name) => _builder = builder;

    /// <summary>The clock that gives noise layers the training step.</summary>
    public TrainingClock Clock => _builder.Clock;

    /// <summary>
    /// The weights of layers whose outputs a normalization takes the scale from, by their names: growing, such weights change nothing but their own
    /// effective learning rate.
    /// </summary>
    public virtual IReadOnlyList<string> NormalizedWeights => [];

    /// <summary>The terms that layers add to the loss of a training step; null if there are none.</summary>
    public Tensor? Penalty()
    {
        Tensor? sum = null;
        foreach (var layer in _builder.PenalizedLayers)
        {
            if (layer.Penalty() is { } penalty)
                sum = sum is null ? penalty : sum.Plus(penalty);
        }

        return sum;
    }

    /// <summary>Gives the network the weights that its model has until disposed: those that are pruned are exactly 0.</summary>
    public IDisposable Prune() => new Pruning(_builder.PrunedLayers);

    /// <summary>The parameters of which a batch uses few slots.</summary>
    public IReadOnlyList<SlotMatrix> SlotMatrices => _builder.SlotMatrices;

    /// <summary>The parameters whose weight decay their layers set.</summary>
    public IReadOnlyList<DecayFactor> DecayFactors => _builder.DecayFactors;

    /// <summary>The matrices that their layers multiply by a factor.</summary>
    public IReadOnlyList<WeightScale> WeightScales => [.. modules().OfType<IScaledLayer>().Distinct().Select(layer => layer.Scale)];

    /// <summary>The running statistics of its batch normalizations.</summary>
    public RunningStatistics Statistics => _statistics ??= new RunningStatistics(this);

    /// <summary>Mixes the rows of a batch inside the network; null for no mixing.</summary>
    public HiddenMixing? Mixing { get; set; }

    /// <summary>Whether batch normalizations keep their statistics, and normalize by them in training mode too.</summary>
    public bool FreezesStatistics { get; set; }

    /// <summary>
    /// The network in training mode with gradients recorded, or in evaluation mode without; the tensors made until the scope is disposed
    /// go with it.
    /// </summary>
    public Pass Begin(bool isTraining)
    {
        // Most steps train, and switching every layer's mode takes longer than computing a small layer.
        if (!isTraining || !_isTraining)
        {
            train(isTraining);
            if (isTraining && FreezesStatistics)
                Statistics.Fix();
        }

        _isTraining = isTraining;
        return new Pass(NewDisposeScope(), enable_grad(isTraining));
    }

    /// <summary>Noise as in training, and normalizations as at scoring.</summary>
    public void SwitchOnNoise()
    {
        train();
        foreach (var layer in modules())
        {
            if (layer is NormalizationLayer)
                layer.eval();
        }

        foreach (var layer in _builder.PrunedLayers)
            layer.QuietPrunedWeights();
    }

    /// <summary>Puts a layer before all others that brings features to a common scale.</summary>
    public void ScaleInputs(InputScaler scaler)
    {
        _scaling = new InputScalingLayer(scaler);
        register_module("scaling", _scaling);
    }

    /// <summary>Gives the embedding of numbers, if there is one, the edges that were learned from the training rows.</summary>
    /// <param name="edges">(numbers, bins + 1): see <see cref="NumericalEmbedding.BinCount"/>.</param>
    public void TakeEdges(ReadOnlySpan<float> edges)
    {
        foreach (var layer in modules())
            (layer as IBinnedLayer)?.TakeEdges(edges);
    }

    /// <summary>Networks in one, each of which is trained on its own loss: see <see cref="MemberOutputs"/>.</summary>
    public virtual int Members => 1;

    /// <summary>The outputs that training compares with the targets: those of all members of a row, one member after the other (batch * members, outputs).</summary>
    public virtual Tensor MemberOutputs(NetworkInput input) => Outputs(input);

    /// <summary>The outputs of a row from those of its members, as <see cref="forward"/> has them.</summary>
    /// <param name="members">(members, outputs).</param>
    /// <param name="outputs">Receives as many as one member has.</param>
    public virtual void Join(ReadOnlySpan<float> members, Span<float> outputs) => members.CopyTo(outputs);

    public sealed override Tensor forward(Tensor input) => Compute(Scaled(input));

    /// <summary>Fits the initial weights to training rows, before the first step; most networks leave them as they are drawn.</summary>
    public void InitializeFrom(InitialRows rows)
    {
        using var pass = Begin(isTraining: false);
        Initialize(_scaling is null ? rows.Features : _scaling.forward(rows.Features), rows);
    }

    /// <summary>The outputs of rows. Sparse ones are on the network's scale already.</summary>
    public Tensor Outputs(NetworkInput input) =>
        input.Sparse is { } rows ? Compute(rows) : input.Places is { } places ? ComputeTokens(input.Rows!, places) : forward(input.Rows!);

    /// <summary>
    /// The same as <see cref="forward"/> in managed code, for dense rows; null where libtorch computes everything.
    /// </summary>
    public PassSequence? Passes { get; private set; }

    /// <summary>Prepares <see cref="Passes"/>, if each layer has one, for parameters on the CPU that keep their places and whose gradients are kept.</summary>
    public void PreparePasses()
    {
        var passes = CreatePasses().ToList();
        if (passes.Count > 0 && passes.TrueForAll(pass => pass is not null))
            Passes = new PassSequence([.. _scaling is null ? [] : (RowPass[])[_scaling.CreatePass(passes[0]!.Inputs)], .. passes!]);
    }

    /// <summary>The layers in managed code, where they have such code; none where the network has not.</summary>
    protected virtual IEnumerable<RowPass?> CreatePasses() => [];

    /// <summary>Finds <see cref="Mixing"/> for passes; null where the recipe never mixes rows.</summary>
    protected Func<HiddenMixing?>? FindMixing => _builder.MixesRows ? () => Mixing : null;

    /// <summary>Rows whose numbers are on a common scale.</summary>
    protected Tensor Scaled(Tensor input) => _scaling is null ? input : _scaling.forward(input);

    /// <summary>The outputs of rows whose numbers are on a common scale.</summary>
    protected abstract Tensor Compute(Tensor input);

    /// <summary>The same of sparse rows, for architectures that take them: see <see cref="NetworkArchitecture.TakesSparseRows"/>.</summary>
    protected virtual Tensor Compute(SparseRows rows) => throw new NotSupportedException($"{GetType().Name} takes no sparse rows.");

    /// <summary>For single tokens of texts the logits of the vocabulary (tokens, vocabulary), for networks whose states are those of tokens: see <see cref="NetworkInput.Places"/>.</summary>
    protected virtual Tensor ComputeTokens(Tensor input, Tensor places) => throw new NotSupportedException($"{GetType().Name} has no states of tokens.");

    /// <summary>See <see cref="InitializeFrom"/>.</summary>
    /// <param name="input">The rows, their numbers on a common scale.</param>
    /// <param name="rows">Where they come from.</param>
    protected virtual void Initialize(Tensor input, InitialRows rows)
    {
    }

    /// <summary>
    /// Networks send their states through it, each one (batch, ...) under a number of its own: 0 for the input as the first layer that computes takes it, with
    /// categories and tokens embedded, and so on to the last before the outputs.
    /// </summary>
    protected internal Tensor MixAt(int state, Tensor rows) => Mixing is { } mixing && mixing.State == state ? mixing.Mix(rows) : rows;

    internal readonly struct Pass(DisposeScope tensors, IDisposable gradients) : IDisposable
    {
        public void Dispose()
        {
            gradients.Dispose();
            tensors.Dispose();
        }
    }
}
