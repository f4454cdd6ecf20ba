using System.Globalization;
using System.Text;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Makes the report of a model.</summary>
/// <param name="host">The environment.</param>
/// <param name="ml">Its operations on rows.</param>
/// <param name="model">The model.</param>
/// <param name="options">What to tell.</param>
internal sealed class ModelReport(IHost host, MLContext ml, ITransformer model, ReportOptions options)
{
    /// <summary>The page.</summary>
    /// <exception cref="ArgumentException">The rows or the model do not suit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string Make(IDataView data)
    {
        using var channel = host.Start("Report");
        var chosen = RowChoice.Of(ml, data, options.MostRows, options.Seed);
        var scored = model.Transform(chosen);
        var reader = new ScoreReader(host, scored.Schema, options.LabelColumnName);
        var rows = reader.Read(scored, options.MostRows, options.CancellationToken);
        if (rows.Count == 0)
            throw host.ExceptUserArg(nameof(data), $"There is no row with a label and a prediction: {rows.Skipped} lack one.");

        var network = ModelChain.FindNetwork(model);
        List<ReportSection?> sections = [SummarySection.Of(rows), network is null ? null : LearningSection.Of(network.History)];
        if (rows.IsRegression)
        {
            sections.Add(ResidualSection.Of(rows));
        }
        else
        {
            if (rows.IsBinary)
                sections.Add(ThresholdSection.Of(rows, options.FalseAlarmCost, options.MissCost));
            sections.AddRange(ReliabilitySection.Of(rows), ConfusionSection.Of(rows));
        }

        if (options.ImportanceRows > 0)
        {
            var kept = CacheCheckpoint.Of(host, RowChoice.Of(ml, data, options.ImportanceRows, options.Seed));
            sections.AddRange(new ColumnSections(host, model, options, reader).Of(kept, chosen, rows));
        }

        sections.Add(ModelCardSection.Of(options, data.Schema, rows, network, [.. ChainLinks.Of(model).Select(link => link.Transformer.GetType().Name)]));
        var title = options.Title ?? (rows.IsRegression ? $"A model that predicts {options.LabelColumnName}" : $"A model that tells {options.LabelColumnName}: {rows.Classes.Count} classes");
        var made = string.Create(CultureInfo.InvariantCulture, $"Measured on {rows.Count:N0} rows with seed {options.Seed}.");
        return HtmlPage.Of(title, made, [.. sections.OfType<ReportSection>()]);
    }

    /// <summary>Writes a page into a file, which is at every moment the old one or the new one, whole.</summary>
    public static void Write(string html, string path) => AtomicFile.Replace(path, Encoding.UTF8.GetBytes(html));
}
