using Microsoft.ML.Data;
using static Microsoft.ML.Regularization.Advice.CSharpText;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>A pipeline from columns as they are read to predictions.</summary>
/// <param name="Table">The columns.</param>
/// <param name="Trainer">The trainer's options, with the columns that it reads.</param>
/// <param name="Steps">In their order; one of them is the trainer.</param>
internal sealed record AdvisedPipeline(TableFacts Table, NeuralNetworkOptions Trainer, IReadOnlyList<PipelineStep> Steps)
{
    private const string Indent = "    ";

    /// <summary>The pipeline of a plan.</summary>
    public static AdvisedPipeline Of(TableFacts table, AdvicePlan plan)
    {
        var (features, trainer) = FeatureSteps.Of(table, plan.Trainer with { LabelColumnName = table.LabelColumnName });
        List<PipelineStep> steps = [.. LabelSteps.Of(table), .. features];
        if (plan.HoldsOutGroupsOf is { } group)
            steps.Add(new($"ml.Transforms.HoldOut(0.2, samplingKeyColumnName: {Quote(group)})", ml => new TrainingOnlyEstimator(ml, new HoldOutOptions { Fraction = 0.2, SamplingKeyColumnName = group })));
        steps.Add(new($"ml.{CatalogOf(table.Task)}.Trainers.NeuralNetwork({CSharpText.Of(trainer, Indent)})", ml => TaskTrainers.Make(ml, table.Task, trainer)));
        return new AdvisedPipeline(table, trainer, [.. steps, .. LabelSteps.Behind(table)]);
    }

    /// <summary>Makes it.</summary>
    public IEstimator<ITransformer> Make(MLContext ml) =>
        Steps.Aggregate(new EstimatorChain<ITransformer>(), (chain, step) => chain.Append(step.Make(ml)));

    /// <summary>Statements that fit it to part of the rows and measure it on the others.</summary>
    public string Code()
    {
        var group = Table.SamplingKeyColumnName is { } name ? $", samplingKeyColumnName: {Quote(name)}" : "";
        var catalog = CatalogOf(Table.Task);
        List<string> lines =
        [
            "// data: the IDataView that was looked at",
            "var ml = new MLContext(seed: 1);",
            $"var split = ml.Data.TrainTestSplit(data, testFraction: 0.2{group});",
        ];
        if (Table.Task == LearningTask.BinaryClassification && Table.LabelType == "String")
            lines.Add($"// true is {Quote(LabelSteps.TrueClass(Table))}");
        lines.Add($"var pipeline = {Steps[0].Code}");
        lines.AddRange(Steps.Skip(1).Select(step => $"{Indent}.Append({step.Code})"));
        lines[^1] += ";";
        lines.Add("var model = pipeline.Fit(split.TrainSet);");
        lines.Add($"var metrics = ml.{catalog}.Evaluate(model.Transform(split.TestSet), labelColumnName: {Quote(Table.LabelColumnName)});");
        return string.Join('\n', lines) + '\n';
    }

    private static string CatalogOf(LearningTask task) =>
        task == LearningTask.Regression ? "Regression" : task == LearningTask.BinaryClassification ? "BinaryClassification" : "MulticlassClassification";
}
