using Microsoft.ML.Regularization.Reports;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Pictures of how a model was trained.</summary>
public static class HistoryPlot
{
    /// <summary>Draws the losses of training and validation by epoch into an SVG file, which browsers and documents show; it follows their light or dark look.</summary>
    /// <param name="history">The history, from <c>model.GetNeuralNetwork().History</c>.</param>
    /// <param name="path">The file. One that is there is replaced as a whole.</param>
    /// <exception cref="ArgumentException">There were no epochs.</exception>
    /// <exception cref="IOException">The file could not be written; the one that was there is as it was.</exception>
    /// <example><code>
    /// model.GetNeuralNetwork().History.Plot("learning.svg");
    /// </code></example>
    public static void Plot(this TrainingHistory history, string path)
    {
        Contracts.CheckValue(history, nameof(history));
        Contracts.CheckNonWhiteSpace(path, nameof(path));
        if (history.Epochs.Count == 0)
            throw Contracts.ExceptUserArg(nameof(history), "There is nothing to draw: the model was trained without epochs.");
        ModelReport.Write(LearningSection.Chart(history).ToFile(HtmlPage.Colors + HtmlPage.ChartStyle), path);
    }
}
