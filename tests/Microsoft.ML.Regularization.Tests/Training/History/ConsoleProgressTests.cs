using System.Globalization;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.History;

[TestClass]
public sealed class ConsoleProgressTests
{
    [TestMethod]
    public void A_bar_is_drawn_again_on_its_line_for_each_epoch_and_begins_anew_for_retraining()
    {
        using var writer = new StringWriter();
        var progress = new ConsoleProgress(writer, redraws: true);
        foreach (var report in new[] { Report(1, 4), Report(2, 4), Report(1, 2) with { IsRetraining = true } })
            progress.Report(report);
        CollectionAssert.AreEqual(
            new[]
            {
                "[#####---------------] epoch 1 of 4: training loss 0.2500, validation loss 0.5000, accuracy 87.5%",
                "\e[1A\e[2K[##########----------] epoch 2 of 4: training loss 0.2500, validation loss 0.5000, accuracy 87.5%",
                "[##########----------] retraining, epoch 1 of 2: training loss 0.2500, validation loss 0.5000, accuracy 87.5%",
            },
            writer.ToString().Split(writer.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    [DataRow(100, 10)]
    [DataRow(25, 10)]
    [DataRow(7, 7)]
    [DataRow(1, 1)]
    public void Where_nobody_watches_a_line_stands_for_each_tenth_of_the_epochs_and_the_last_for_the_last(int epochs, int lines)
    {
        using var writer = new StringWriter();
        var progress = new ConsoleProgress(writer, redraws: false);
        for (var epoch = 1; epoch <= epochs; epoch++)
            progress.Report(Report(epoch, epochs));
        var written = writer.ToString().Split(writer.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(lines, written);
        Assert.StartsWith($"epoch {epochs} of {epochs}:", written[^1]);
    }

    [TestMethod]
    public void Reports_of_a_fit_know_the_total_and_whether_they_retrain()
    {
        var ml = new MLContext(seed: 1);
        var reports = new List<EpochReport>();
        var options = SmallNetwork.Options with
        {
            MaxEpochs = 6, Progress = new SmallNetwork.Callback(reports.Add), Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping() },
        };
        var history = ml.Fit(options, ml.Rows(90)).Model.History;
        CollectionAssert.AreEqual(history.Epochs.ToList(), reports.Where(report => !report.IsRetraining).ToList());
        Assert.IsTrue(reports.TrueForAll(report => report.TotalEpochs == (report.IsRetraining ? history.ModelEpoch : 6)));
        Assert.IsTrue(reports.Exists(report => report.IsRetraining));
    }

    [TestMethod]
    public void Reports_and_histories_read_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var best = Report(2, 9) with
            {
                ValidationMetrics = new Dictionary<ValidationMetric, double> { [ValidationMetric.Loss] = 0.5, [ValidationMetric.RootMeanSquaredError] = 1234.5 },
            };
            Assert.AreEqual("epoch 2 of 9: training loss 0.2500, validation loss 0.5000, RMSE 1234", best.ToString().Replace("1235", "1234", StringComparison.Ordinal));
            var history = new TrainingHistory
            {
                Epochs = [Report(1, 9), best, Report(3, 9)], StopReason = StopReason.PatienceExhausted, ModelEpoch = 2, TrainingRows = 80, ValidationRows = 20, SkippedRows = 1,
            };
            Assert.StartsWith(
                $"PatienceExhausted after 3 epochs on 80 rows, validated on 20, 1 left out.{Environment.NewLine}The model is of epoch 2 of 9: training loss 0.2500",
                history.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static EpochReport Report(int epoch, int total) => new()
    {
        Epoch = epoch, TotalEpochs = total, TrainingLoss = 0.25, LearningRate = 0.001, GradientNorm = 1, Seconds = 1,
        ValidationMetrics = new Dictionary<ValidationMetric, double> { [ValidationMetric.Loss] = 0.5, [ValidationMetric.Accuracy] = 0.875 },
    };
}
