using System.Globalization;
using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>What the model is, for whoever meets it later (Mitchell, Wu, Zaldivar, Barnes, Vasserman, Hutchinson, Spitzer, Raji and Gebru, "Model cards for model reporting", 2019).</summary>
internal static class ModelCardSection
{
    private const string NotTold = "not told";

    public static ReportSection Of(ReportOptions options, DataViewSchema columns, ScoredRows rows, TrainedNetwork? network, IReadOnlyList<string> transformers)
    {
        List<IReadOnlyList<string>> lines =
        [
            ["purpose", options.Purpose ?? NotTold],
            ["limits", options.Limits ?? NotTold],
            ["task", rows.IsRegression ? "a number" : rows.IsBinary ? "true or false" : $"one of {rows.Classes.Count} classes"],
            ["columns of the rows", string.Join(", ", columns.Where(column => !column.IsHidden).Select(column => column.Name))],
            ["steps", string.Join(", ", transformers)],
        ];
        if (network is not null)
        {
            lines.AddRange(
            [
                ["network", network.Members.Count > 1 ? $"the mean of {network.Members.Count} networks such as {network.Members[0].Architecture}" : network.Architecture.ToString()],
                ["regularization", network.Recipe.ToString()],
                ["trained with", string.Create(CultureInfo.InvariantCulture, $"{network.Training.Optimizer}, learning rate {network.Training.LearningRate:G3}, {network.Training.BatchSize} rows a step, seed {network.Training.Seed}")],
                ["trained on", $"{Count(network.History.TrainingRows)} rows"],
                ["calibration", network.History.Calibration?.ToString() ?? "none"],
                ["library", $"Microsoft.ML.Regularization {network.Training.LibraryVersion}"],
            ]);
        }

        return new("Model card", HtmlTable.Of(["", ""], lines).Replace(" class=\"number\"", "", StringComparison.Ordinal));
    }
}
