using System.Globalization;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// The memory that a pack takes, in floats of four bytes: see <see cref="PackOptions.MaxMegabytes"/>. What libtorch and the runtime take for themselves is not
/// among it.
/// </summary>
/// <param name="Rows">The rows, once for all networks.</param>
/// <param name="Snapshots">Weights and predictions that the ensemble may come to be selected from.</param>
/// <param name="Start">What it takes to fit the initial weights of a network to rows; one is fitted at a time.</param>
/// <param name="Member">What trains the networks of a member: weights, gradients, the optimizer's state, the rows of a batch on their way, and outputs.</param>
internal sealed record PackMemory(double Rows, double Snapshots, double Start, double Member)
{
    private const string Option = $"Pack.{nameof(PackOptions.MaxMegabytes)}";

    // Copies of the rows of a batch: as they come, embedded and multiplied by their factors; of each layer's units outputs, slopes, differences and noise; and gradients.
    private const int CopiesOfInput = 4;
    private const int CopiesOfUnits = 5;

    // Of the rows that initial weights are fitted to.
    private const int CopiesOfStart = 8;

    /// <summary>Of the greatest of some members.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="sets">What they train on.</param>
    /// <param name="members">The members.</param>
    /// <param name="options">The pack's.</param>
    public static PackMemory Of(TrainingSet data, PackSets sets, IReadOnlyList<PackMember> members, PackOptions options)
    {
        var (folds, outputs) = (sets.Sets.Count, data.Target.Outputs);
        var predictions = (double)outputs * sets.Sets.Sum(set => set.Validation.Count);
        var weights = members.Max(member => WeightsOf(member, data));
        var copies = 3 + members.Max(member => member.Settings.Optimizer.StatesPerWeight);
        var batch = members.Max(member => BatchOf(member, data));
        return new PackMemory(
            Rows: data.IsStreaming ? 0 : (data.Training.Count + data.Validation.Count) * (data.FeatureCount + 2.0) * (1 + (sets.Sets.Any(IsCopied) ? folds : 0)),
            Snapshots: (options.MaxSnapshots + options.Members) * (folds * weights + predictions),
            Start: CopiesOfStart * members.Max(member => StartOf(member, data)),
            Member: folds * (copies * weights + batch) + 2 * predictions);

        bool IsCopied(ITrainingData set) => set is FoldRows { IsAugmented: true };
    }

    /// <summary>The members of each wave.</summary>
    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Is told where not all train at once.</param>
    /// <param name="members">The members.</param>
    /// <param name="bound">The most that may be taken, in megabytes; null for no bound.</param>
    /// <param name="limit">See <see cref="NeuralNetworkOptions.TimeLimit"/>: within one there is one wave, since those behind it might find no time left.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for one member.</exception>
    public IReadOnlyList<PackMember[]> Waves(IHost host, IChannel channel, IReadOnlyList<PackMember> members, int? bound, TimeSpan? limit)
    {
        if (bound is not { } most)
            return [[.. members]];

        var least = Megabytes(Rows + Snapshots + Start + Member);
        if (least > most)
        {
            throw host.ExceptUserArg("Pack", string.Create(
                CultureInfo.InvariantCulture,
                $"{Option} is {most}, but training one network at a time takes {Math.Ceiling(least)}: {Megabytes(Rows):0.#} for the rows, {Megabytes(Snapshots):0.#} for snapshots, "
                + $"{Megabytes(Member + Start):0.#} for the network. Raise it to {Math.Ceiling(least)}, or lower MaxSnapshots, Members or Folds."));
        }

        var atOnce = Math.Min(members.Count, 1 + (int)Math.Min(int.MaxValue - 1, (most - least) / Megabytes(Member)));
        var waves = (members.Count + atOnce - 1) / atOnce;
        if (waves == 1)
            return [[.. members]];
        if (limit is not null)
        {
            channel.Warning($"{Option} is {most}, which has room for {atOnce} of {members.Count} networks at a time; with a TimeLimit the others have no turn.");
            return [[.. members.Take(atOnce)]];
        }

        var size = (members.Count + waves - 1) / waves;
        channel.Info($"{Option} is {most}, which has room for {atOnce} of {members.Count} networks at a time: they are trained in {waves} waves, one after the other.");
        return [.. members.Chunk(size)];
    }

    private static double Megabytes(double floats) => sizeof(float) * floats / RowCaching.Megabyte;

    private static (double Input, double Hidden, double Widest) UnitsOf(PackMember member, TrainingSet data) => member.Settings.Architecture.UnitsOf(InputOf(member, data));

    // Missing numbers may get an indicator each.
    private static InputLayout InputOf(PackMember member, TrainingSet data) => member.Settings.Input ?? data.FeatureCount;

    private static double WeightsOf(PackMember member, TrainingSet data) => member.Settings.Architecture.WeightsOf(InputOf(member, data), data.Target.Outputs);

    private static double BatchOf(PackMember member, TrainingSet data) => Math.Min(member.Settings.BatchSize, data.Training.Count)
        * (CopiesOfInput * UnitsOf(member, data).Input + CopiesOfUnits * UnitsOf(member, data).Hidden);

    private static double StartOf(PackMember member, TrainingSet data) => !member.Settings.Architecture.InitializesFromRows ? 0
        : (double)NetworkInitialization.RowsOf(InputOf(member, data), data.Training.Count) * UnitsOf(member, data).Widest;
}
