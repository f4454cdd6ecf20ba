using Microsoft.ML.Regularization.Reports;
using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What a search found.</summary>
public sealed class SearchResult
{
    private readonly SearchSpace _space;

    internal SearchResult(SearchSpace space, ValidationMetric metric, IReadOnlyList<TrialResult> trials, TrialResult best, ITransformer model, SearchStopReason reason)
    {
        (_space, Metric, Trials, Best, Model, StopReason) = (space, metric, [.. trials], best, model, reason);
        Options = space.OptionsOf(best.Trial);
    }

    /// <summary>The metric that was searched for the best of.</summary>
    public ValidationMetric Metric { get; }

    /// <summary>All trials in their order, each as far as it came.</summary>
    public ValueList<TrialResult> Trials { get; }

    /// <summary>The best trial.</summary>
    public TrialResult Best { get; }

    /// <summary>Its options, without seed or checkpoints of the search: fit a pipeline with them to train it anew, on more rows for instance.</summary>
    public NeuralNetworkOptions Options { get; }

    /// <summary>
    /// Its model: what the pipeline gave for it. It was chosen by the validation rows, whose metric therefore flatters it a little; measure it on rows of their own.
    /// </summary>
    public ITransformer Model { get; }

    /// <summary>Why the search ended.</summary>
    public SearchStopReason StopReason { get; }

    /// <summary>A table of all trials, the best first; the same in every culture.</summary>
    public override string ToString() => SearchTable.Of(_space, Metric, Trials);

    /// <summary>
    /// Draws the metric of every trial, and the best so far, into an SVG file, which browsers and documents show; it follows their light or dark look. Trials that ended early
    /// are pale; those that are far off lie on the edge.
    /// </summary>
    /// <param name="path">The file. One that is there is replaced as a whole.</param>
    /// <exception cref="IOException">The file could not be written; the one that was there is as it was.</exception>
    /// <example><code>
    /// result.Plot("search.svg");
    /// </code></example>
    public void Plot(string path)
    {
        Contracts.CheckNonWhiteSpace(path, nameof(path));
        ModelReport.Write(SearchChart.Of(Metric, Trials).ToFile(HtmlPage.Colors + HtmlPage.ChartStyle), path);
    }
}
