using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Applies one of several augmentations to a row, or none.</summary>
/// <param name="env">The environment.</param>
/// <param name="name">Of the augmentation, for errors.</param>
/// <param name="choices">The augmentations.</param>
/// <param name="bounds">Cumulative probabilities: where a uniform number falls below the first such bound, that augmentation applies; beyond all, none.</param>
internal sealed class ChoiceAugmentation(IHostEnvironment env, string name, IReadOnlyList<RowAugmentation> choices, double[] bounds) : RowAugmentation
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } =
    [
        .. choices.SelectMany(choice => choice.Outputs).GroupBy(output => output.Name).Select(same =>
            same.Select(output => output.Type).Distinct().ToList() is { Count: > 1 } types
                ? throw env.Except(
                    $"{name}: one of its augmentations writes column '{same.Key}' as {types[0]}, another as {types[1]}. Make them write one type.")
                : same.First()),
    ];

    public override IReadOnlyList<string> Deciding { get; } = [.. choices.SelectMany(choice => choice.Deciding).Distinct()];

    public override IReadOnlyList<string>? PartnerColumns { get; } =
        choices.Any(choice => choice.PartnerColumns is not null)
            ? [.. choices.SelectMany(choice => choice.PartnerColumns ?? []).Distinct()]
            : null;

    public override bool ComputesAll { get; } = choices.Any(choice => choice.ComputesAll);

    public override bool WritesPairs { get; } = choices.Any(choice => choice.WritesPairs);

    public override RowAugmenter Bind(AugmentedRow row) => new Augmenter(this, [.. choices.Select(choice => choice.Bind(row))], bounds);

    private IEnumerable<int> WritersOf(string output) =>
        Enumerable.Range(0, choices.Count).Where(choice => choices[choice].Outputs.Any(column => column.Name == output));

    private sealed class Augmenter(ChoiceAugmentation augmentation, RowAugmenter[] augmenters, double[] bounds) : RowAugmenter
    {
        // The index of the branch that applies to this row; -1 for none.
        private int _chosen = -1;

        public override bool IsPair => _chosen >= 0 && augmenters[_chosen].IsPair;

        public override bool IsOnSecondOfPair
        {
            get => _chosen >= 0 && augmenters[_chosen].IsOnSecondOfPair;
            set
            {
                if (_chosen >= 0)
                    augmenters[_chosen].IsOnSecondOfPair = value;
            }
        }

        public override void Draw(ref KeyedStream random)
        {
            Rest();
            var draw = random.NextDouble();
            for (var choice = 0; choice < bounds.Length; choice++)
            {
                if (draw >= bounds[choice])
                    continue;
                _chosen = choice;
                augmenters[choice].Draw(ref random);
                return;
            }
        }

        public override void Rest()
        {
            if (_chosen >= 0)
                augmenters[_chosen].Rest();
            _chosen = -1;
        }

        // A branch that does not change the column passes the row's own value on, converted to the output's type.
        public override ValueGetter<TValue>? GetGetter<TValue>(string output)
        {
            var writers = augmentation.WritersOf(output).ToList();
            if (augmenters[writers[0]].GetGetter<TValue>(output) is not { } resting)
                return null;

            var getters = new ValueGetter<TValue>[augmenters.Length];
            Array.Fill(getters, resting);
            foreach (var writer in writers.Skip(1))
                getters[writer] = augmenters[writer].GetGetter<TValue>(output)!;
            return (ref TValue value) => getters[Math.Max(_chosen, 0)](ref value);
        }
    }
}
