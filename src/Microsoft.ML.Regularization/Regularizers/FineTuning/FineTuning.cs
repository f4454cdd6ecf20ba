using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// How far training may move the weights that a network starts from: published ones, see <see cref="NeuralNetworkOptions.Pretrained"/>, or those of a model that training goes on from. The last layer is
/// the head, which is new where weights are published, and learns at the full rate; all others are the body. With few rows a body that moves freely forgets what it knows and fits noise.
/// </summary>
/// <remarks>
/// Layers are counted from the input: 0 is what comes before the first block (embeddings, places, the first convolution), then blocks from 1 to L, with a normalization
/// behind the last block in L, and the head L + 1.
/// </remarks>
public sealed partial record FineTuning
{
    /// <summary>
    /// Tensors of the body that keep their published values, by the names of the network's own tensors; <c>*</c> stands for any characters: <c>["embedding.*", "blocks.0.*"]</c>.
    /// The head is never among them. They cost no gradient and no memory of the optimizer, and nothing is computed backwards below the lowest one that learns. A pattern that
    /// matches none is an error. Default: none.
    /// </summary>
    public ValueList<string> Frozen { get; init; } = [];

    /// <summary>
    /// The layers of the body that move, from the head down; those below keep their published values, as if <see cref="Frozen"/> named them. From 0, the head alone, to 1000. Default: null, all that
    /// <see cref="Frozen"/> does not name.
    /// </summary>
    public int? MovingLayers { get; init; }

    /// <summary>The learning rate of the body as a part of the head's, above 0 to 1. Default: 1, the same for both.</summary>
    public double BodyRate { get; init; } = 1;

    /// <summary>
    /// What each layer's learning rate is multiplied by from the head down, above 0 to 1: layer l learns at <c>BodyRate * LayerDecay^(L + 1 - l)</c> of the head's rate (Clark, Luong,
    /// Le and Manning, "ELECTRA: pre-training text encoders as discriminators rather than generators", 2020; as "discriminative fine-tuning" in Howard and Ruder, "Universal
    /// language model fine-tuning for text classification", 2018). Usual: 0.65 to 0.95. Default: 1, the same for all.
    /// </summary>
    public double LayerDecay { get; init; } = 1;

    /// <summary>
    /// The strength of L2-SP, at least 0: adds <c>StartingPointPenalty / 2 * |w - w0|^2</c> to the loss, over the matrices and kernels w of the body, or over all weights where training goes on
    /// from a model, and the values w0 that they started from, so that they go no further than the rows are worth (Li, Grandvalet and Davoine, "Explicit inductive bias for transfer learning with convolutional networks",
    /// 2018). It goes through the gradient. Usual: 0.001 to 0.1. Default: 0, no penalty.
    /// </summary>
    public double StartingPointPenalty { get; init; }

    /// <summary>
    /// Mixout: the probability that an element of a matrix or kernel of the body is, for one step, the one that it started from, at least 0 (none) and below 1. The others go as much further
    /// from there, so that the mean stays (Lee, Cho and Kang, "Mixout: effective regularization to finetune large-scale pretrained language models", 2020). Where the start is 0 it is
    /// dropout of weights. Usual: 0.5 to 0.9. Default: 0.
    /// </summary>
    public double Mixout { get; init; }

    /// <summary>
    /// Gradual unfreezing: the epochs after which one more layer starts to learn, from the head down. Layer l of L learns from epoch <c>1 + UnfreezingEpochs * (L + 1 - l)</c> on, and costs no gradient
    /// before (Howard and Ruder, 2018, with 1). From 0, all layers learn from the first epoch, to 1000. Default: 0.
    /// </summary>
    public int UnfreezingEpochs { get; init; }

    /// <summary>The L2 penalty on the weights of the head beside it, <c>HeadPenalty / 2 * |w|^2</c>, at least 0. Default: 0, no penalty.</summary>
    public double HeadPenalty { get; init; }

    /// <summary>
    /// Whether batch normalizations keep their published statistics, and normalize by them while training too (true), or by the statistics of each batch, which they learn (false):
    /// the published ones are of millions of rows, and some published networks have maps whose variance is next to nothing. Default: true.
    /// </summary>
    public bool FreezesStatistics { get; init; } = true;

    /// <summary>
    /// Fits the head to the features of the published body before the first step; where <see cref="Frozen"/> is <c>["*"]</c>, or <see cref="MovingLayers"/> 0, that is the
    /// whole training. For networks of images and texts. Default: null, the head starts at random.
    /// </summary>
    public LinearProbe? Probe { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"FineTuning({(Probe is null ? "" : $"{Probe}, ")}{(Frozen.Count == 0 ? "" : $"frozen {Frozen}, ")}{(MovingLayers is null ? "" : $"{MovingLayers} layers move, ")}body rate {BodyRate}, layer decay {LayerDecay}, L2-SP {StartingPointPenalty} and {HeadPenalty}, ")
        + string.Create(CultureInfo.InvariantCulture, $"{(Mixout == 0 ? "" : $"mixout {Mixout}, ")}{(UnfreezingEpochs == 0 ? "" : $"a layer every {UnfreezingEpochs} epochs, ")}")
        + (FreezesStatistics ? "fixed statistics)" : "statistics of batches)");

    internal void Validate(IExceptionContext context)
    {
        if (Frozen is null || Frozen.Any(string.IsNullOrWhiteSpace))
            throw context.ExceptUserArg(nameof(Frozen), "Frozen must not be null, and none of its patterns blank.");
        context.CheckAboveZeroToOne(BodyRate, nameof(BodyRate));
        context.CheckAboveZeroToOne(LayerDecay, nameof(LayerDecay));
        context.CheckAtLeast(StartingPointPenalty, nameof(StartingPointPenalty), 0);
        context.CheckAtLeast(HeadPenalty, nameof(HeadPenalty), 0);
        if (MovingLayers is { } moving)
            context.CheckBetween(moving, nameof(MovingLayers), 0, 1000);
        context.CheckFromZeroToBelowOne(Mixout, nameof(Mixout));
        context.CheckBetween(UnfreezingEpochs, nameof(UnfreezingEpochs), 0, 1000);
        Probe?.Validate(context);
        if (!FreezesAll)
            return;
        Refuse(Mixout > 0, nameof(Mixout), Mixout);
        Refuse(UnfreezingEpochs > 0, nameof(UnfreezingEpochs), UnfreezingEpochs);
        Refuse(StartingPointPenalty > 0, nameof(StartingPointPenalty), StartingPointPenalty);

        void Refuse(bool isSet, string option, double value)
        {
            if (isSet)
                throw context.ExceptUserArg(option, string.Create(CultureInfo.InvariantCulture, $"{option} is {value}, but {(MovingLayers == 0 ? "MovingLayers is 0" : $"Frozen is ({Frozen})")}: nothing of the body learns. Leave one of them out."));
        }
    }

    /// <summary>Refuses patterns that match no tensor of a network's body.</summary>
    /// <param name="context">Makes errors.</param>
    /// <param name="names">The network's tensors.</param>
    internal void CheckFrozen(IExceptionContext context, IEnumerable<string> names)
    {
        if (Frozen.FirstOrDefault(pattern => !names.Any(name => !BodyLayers.IsHead(name) && NamePattern.Matches(pattern, name))) is { } stray)
            throw context.ExceptUserArg(nameof(Frozen), $"The pattern '{stray}' of Frozen matches no tensor of the network's body, which has {string.Join(", ", names.Take(3))} and so on.");
    }

    /// <summary>Whether the head is fitted, and there is nothing else to learn.</summary>
    internal bool IsProbeAlone => Probe is not null && FreezesAll;

    private bool FreezesAll => MovingLayers == 0 || Frozen.Contains("*");

    /// <summary>Whether a pattern names a tensor, which then keeps its value.</summary>
    internal bool Freezes(string name) => !BodyLayers.IsHead(name) && Frozen.Any(pattern => NamePattern.Matches(pattern, name));
}
