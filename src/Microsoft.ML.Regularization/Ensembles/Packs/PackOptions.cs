using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Trains many networks of RealMLP's kind at once, each with settings of its own that are drawn at random, and selects while they train an ensemble of
/// snapshots whose mean prediction is best on the validation rows. It replaces a search for settings: one fit tries them all, and the model keeps what helps.
/// </summary>
/// <remarks>
/// <para>
/// Drawn for each network but the first, which has the settings of the options, is what <see cref="Draws"/> names: by default learning rate, weight decay, number of
/// hidden layers and frequencies of the embedding; for classes also the activation and a regularization of its own: dropout, label smoothing and averaging of weights
/// (Kadra, Lindauer, Hutter and Grabocka, "Well-tuned simple nets excel on tabular datasets", 2021, search for such cocktails one fit at a time).
/// </para>
/// <para>
/// After each epoch, the ensemble is selected greedily from the snapshots it has, the best epoch of each network and the latest one (Caruana et al.,
/// "Ensemble selection from libraries of models", 2004; "TabPack", 2026, does it while training). A network that has not improved for
/// <see cref="Patience"/> epochs leaves. With <see cref="NeuralNetworkOptions.Folds"/>, every network is trained once for each fold, and the ensemble is
/// selected by the out-of-fold predictions of all rows: the better choice for tables of up to some 10,000 rows, for instance 5 folds of 4 networks.
/// </para>
/// <para>
/// Only with <see cref="RealMlpArchitecture"/>, which is then the default; <see cref="NeuralNetworkOptions.MaxEpochs"/> is by default a quarter, for numbers
/// half, of that of one network. A pack starts new networks; training goes on from its model, each network with its own architecture, where the options have no
/// pack. It is not trained on all rows after it is done.
/// </para>
/// </remarks>
public sealed record PackOptions
{
    private static readonly PackDraws AllDraws = Enum.GetValues<PackDraws>().Aggregate((all, one) => all | one);

    /// <summary>Networks with settings of their own, from 2 to 64. Default: 16.</summary>
    public int Members { get; init; } = 16;

    /// <summary>
    /// Takes the place of the last network: one of another kind, whose errors are others, which the mean gains from. It has the settings of its own kind; of the
    /// options, those that describe the training of RealMLP's networks are not for it, but for <see cref="NeuralNetworkOptions.MaxEpochs"/>. Its
    /// <see cref="TabMArchitecture.KeptMembers"/> must be null. Default: null, none; it trains several times as long as one of the others.
    /// </summary>
    public TabMArchitecture? TabM { get; init; }

    /// <summary>Snapshots in the ensemble at most, from 1 (the best single one) to 256. With folds each has a network for each fold. Default: 32.</summary>
    public int MaxSnapshots { get; init; } = 32;

    /// <summary>
    /// Networks whose best snapshots the selection starts from, from 1 (only the best one) to <see cref="MaxSnapshots"/>. More are safer where validation rows are
    /// few: what fits them best by itself was partly lucky. Default: 4.
    /// </summary>
    public int FirstMembers { get; init; } = 4;

    /// <summary>
    /// Epochs after which a network that has not improved leaves, at least 1. The pack ends when all have left, or when the ensemble has not improved for
    /// twice as many epochs. Default: null, somewhat more than half of the epochs: the last swing of RealMLP's learning rate is as long as that.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>
    /// What the ensemble is selected by; it must be one of the task's metrics. Default: null, <see cref="ValidationMetric.Loss"/>, which is the logarithmic loss for
    /// classes, and <see cref="ValidationMetric.RootMeanSquaredError"/> for numbers.
    /// </summary>
    public ValidationMetric? Metric { get; init; }

    /// <summary>
    /// Megabytes of 2^20 bytes that the fit may take for rows, networks and snapshots, at least 1; libtorch and the runtime take some 200 more. Networks that do not
    /// fit at once are trained in waves, one after the other, with the same results for each of them; within a <see cref="NeuralNetworkOptions.TimeLimit"/> there
    /// is one wave, and those that do not fit are left out. A bound that has no room for one network with the snapshots is an error that names the least.
    /// Default: null, no bound.
    /// </summary>
    public int? MaxMegabytes { get; init; }

    /// <summary>
    /// The settings that each network draws for itself, from <see cref="PackDraws.None"/> (all train as the options say) on; what a task, a loss or an architecture
    /// rules out is refused. Default: null, <see cref="PackDraws.Network"/> and for classes <see cref="PackDraws.Recipe"/>, as far as they are possible.
    /// </summary>
    public PackDraws? Draws { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckBetween(Members, Name(nameof(Members)), 2, 64);
        context.CheckBetween(MaxSnapshots, Name(nameof(MaxSnapshots)), 1, 256);
        context.CheckBetween(FirstMembers, Name(nameof(FirstMembers)), 1, MaxSnapshots);
        TabM?.Validate(context);
        if (TabM?.KeptMembers is { } kept)
            throw context.ExceptUserArg(Name(nameof(TabM)), $"{Name(nameof(TabM))}.KeptMembers is {kept}, but the pack selects networks rather than members of one: leave it null.");
        if (Patience is { } patience)
            context.CheckAtLeast(patience, Name(nameof(Patience)), 1);
        if (Metric is { } metric)
            context.CheckDefined(metric, Name(nameof(Metric)));
        if (MaxMegabytes is { } megabytes)
            context.CheckAtLeast(megabytes, Name(nameof(MaxMegabytes)), 1);
        if (Draws is { } draws && (draws & ~AllDraws) != PackDraws.None)
            throw context.ExceptUserArg(Name(nameof(Draws)), $"{Name(nameof(Draws))} is {draws}, of which {draws & ~AllDraws} names no setting.");

        static string Name(string option) => $"Pack.{option}";
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"pack of {Members}{(TabM is null ? "" : $", the last {TabM}")}, at most {MaxSnapshots} snapshots");
}
