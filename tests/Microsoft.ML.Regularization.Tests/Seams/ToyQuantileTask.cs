using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>A task as somebody would add it: several quantiles of a number at once. Its outputs are more than its target has numbers.</summary>
internal sealed class ToyQuantileTask() : LearningTask("toy quantiles")
{
    public static ToyQuantileTask Instance { get; } = new();

    internal override IReadOnlyList<LossFunction> Losses { get; } = [new ToyPinballLoss()];

    internal override IReadOnlyList<ValidationMetric> Metrics { get; } = [ValidationMetric.Loss, ValidationMetric.MeanAbsoluteError];

    internal override (ValidationMetric Metric, string Name) Headline => (ValidationMetric.MeanAbsoluteError, "error of the median");

    internal override Capabilities Offers => Capabilities.None;

    internal override SchemaShape.Column LabelShape(string name) => LearningTask.Regression.LabelShape(name);

    internal override string ExpectedLabel(DataViewType found) => "Single";

    internal override LearningTarget? TargetOf(DataViewSchema.Column label) => label.Type == NumberDataViewType.Single ? new Target() : null;

    internal override SchemaShape.Column[] ScoreShape(SchemaShape.Column label) =>
        [.. SchemaShapes.Of(CreateScores(ToyPinballLoss.Levels.Length, new Link(new TargetScale(0, 1))).Schema)];

    internal override bool Fits(int outputs, TargetScale? scale) => outputs == ToyPinballLoss.Levels.Length && scale is not null;

    internal override OutputLink CreateLink(TargetScale? scale) => new Link(scale!);

    internal override DataViewType PredictionType(int outputs) => new VectorDataViewType(NumberDataViewType.Single, outputs);

    internal override ScoreColumns CreateScores(int outputs, OutputLink link) => new ClassScores(outputs, link);

    private sealed class Target : LearningTarget
    {
        public override int Outputs => ToyPinballLoss.Levels.Length;

        public override int TargetSize => 1;

        public override void CheckLabels(IExceptionContext context, IChannel channel, string labelColumnName, LabelSummary training, LabelSummary validation)
        {
        }

        public override TargetEncoding CreateEncoding(
            IExceptionContext context, string labelColumnName, LabelSummary training, ClassWeights? classWeights, TargetScale? previous) =>
            new TargetStandardization(previous ?? training.TargetScale);

        public override ValidationMeter CreateMeter(TargetEncoding encoding) => new Meter(encoding.Scale!);
    }

    private sealed class Link(TargetScale scale) : OutputLink
    {
        public override void Apply(Span<float> outputs)
        {
            foreach (ref var output in outputs)
                output = (float)scale.Restore(output);
        }
    }

    private sealed class Meter(TargetScale scale) : ValidationMeter
    {
        private readonly List<double> _errors = [];

        public override void Add(ReadOnlySpan<float> output, RowLabel label) => _errors.Add(Math.Abs(scale.Restore(output[1]) - label.Values[0]));

        public override IReadOnlyDictionary<ValidationMetric, double> Measure(RowLosses rows) => new Dictionary<ValidationMetric, double>
        {
            [ValidationMetric.Loss] = rows.Mean,
            [ValidationMetric.MeanAbsoluteError] = (rows with { Losses = [.. _errors] }).Mean,
        };
    }
}
