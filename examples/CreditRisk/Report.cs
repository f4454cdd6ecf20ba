using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace CreditRisk;

/// <summary>What is printed about models, by rows that none of them has seen.</summary>
internal sealed class Report(IAnsiConsole console, MLContext ml, IDataView test)
{
    private const int BarWidth = 30;

    /// <summary>How well models tell bad credits from good ones, and how far their probabilities can be believed.</summary>
    public void Quality(IEnumerable<(string Name, ITransformer Model)> models)
    {
        var table = NewTable("", "AUC", "found", "lost", "mean", "Brier", "ECE (%)");
        var share = 0.0;
        foreach (var (name, model) in models)
        {
            var scored = model.Transform(test);
            var outcomes = scored.GetColumn<bool>("Bad").ToList();
            var probabilities = scored.GetColumn<float>("Probability").ToList();
            var reliability = Reliability.Of(probabilities, outcomes);
            share = outcomes.Average(isBad => isBad ? 1.0 : 0);
            table.AddRow(
                name,
                Text(ml.BinaryClassification.EvaluateNonCalibrated(scored, "Bad").AreaUnderRocCurve, "0.000"),
                Text(Above(isBad: true), "0%"),
                Text(Above(isBad: false), "0%"),
                Text(probabilities.Average(), "0.00"),
                Text(reliability.Brier, "0.000"),
                Text(100 * reliability.CalibrationError, "0.0"));

            double Above(bool isBad) => probabilities.Where((_, row) => outcomes[row] == isBad).Average(probability => probability > 0.5f ? 1.0 : 0);
        }

        console.Write(table);
        console.WriteLine($"Of the test rows {share:0%} are bad. Found: the share of them whose probability is");
        console.WriteLine("above a half; lost: the share of good ones whose probability is. Brier score");
        console.WriteLine("and ECE (expected calibration error, in ten bins): less is better. Class weights");
        console.WriteLine("make probabilities too high; calibration puts them right and leaves the order,");
        console.WriteLine("and so the AUC, as it is. Whom to refuse is then a question of costs: a half is");
        console.WriteLine("right where a bad credit costs just what a good one brings in.");
        console.WriteLine();
    }

    /// <summary>Whom the network knows best, and whom least.</summary>
    public void Doubt(ITransformer model)
    {
        var applications = ml.Data.CreateEnumerable<Application>(test, reuseRowObject: false);
        var assessments = ml.Data.CreateEnumerable<Assessment>(model.Transform(test), reuseRowObject: false);
        var rows = applications.Zip(assessments).OrderBy(row => row.Second.ScoreDeviation).ToList();
        var table = NewTable("", "bad", "±", "age and job", "asks for", "was");
        foreach (var row in rows.Take(3))
            Add("surest", row.First, row.Second);
        foreach (var row in rows.TakeLast(3))
            Add("unsure", row.First, row.Second);
        console.Write(table);
        console.WriteLine("Bad: the calibrated probability that it is. ±: the deviation of the network's");
        console.WriteLine("own probability over draws of its dropout, by which test rows are sorted here.");
        console.WriteLine();

        void Add(string name, Application row, Assessment assessment) => table.AddRow(
            name,
            Text(assessment.Probability, "0.00"),
            Text(assessment.ScoreDeviation, "0.000"),
            string.Create(CultureInfo.InvariantCulture, $"{row.Age}, {row.Job}, for {row.Seniority} years"),
            Text(row.Amount, "0"),
            row.Status);
    }

    /// <summary>What the model goes by.</summary>
    public void Importances(ITransformer model, int repetitions)
    {
        var importance = new Importance(ml, model, test);
        var losses = Application.Numbers.Concat(Application.Categories)
            .Select(column => (Column: column, Loss: importance.Of(column, repetitions))).OrderByDescending(pair => pair.Loss).ToList();
        var table = NewTable("shuffled", "loss of AUC", "");
        foreach (var (column, loss) in losses)
            table.AddRow(column, Text(loss, "0.000"), new string('█', Math.Max(0, (int)Math.Round(BarWidth * loss / losses[0].Loss))));
        console.Write(table);
        console.WriteLine();
    }

    private static Table NewTable(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column) { NoWrap = true });
        return table;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
