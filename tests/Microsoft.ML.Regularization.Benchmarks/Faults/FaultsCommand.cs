using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Faults;

/// <summary>Which planted faults a diagnosis names, and what it says of sound models.</summary>
internal static class FaultsCommand
{
    /// <summary>The command: <c>faults [tuned|verified] [DOCUMENT]</c>.</summary>
    public static void Run(string[] args)
    {
        var isTuned = args.Contains("tuned");
        int[] seeds = isTuned ? [1] : [21];
        var only = args.FirstOrDefault(argument => argument.StartsWith("only=", StringComparison.Ordinal))?[5..];
        var table = new StringBuilder("| planted | table | found | |\n|---|---|---|---|\n");
        var (named, first, planted) = (0, 0, 0);
        foreach (var (one, seed) in Chosen(FaultCases.Planted, only).SelectMany(one => seeds.Select(seed => (one, seed))))
        {
            var findings = Examine(one, isTuned, seed, out var text);
            var isNamed = findings.Any(finding => finding.Fault == one.Planted);
            (named, first, planted) = (named + (isNamed ? 1 : 0), first + (findings is [var worst, ..] && worst.Fault == one.Planted ? 1 : 0), planted + 1);
            Line(one, findings, isNamed ? "yes" : "**no**", text, !isNamed || only is not null);
        }

        table.Append("| **nothing** | | | |\n");
        var (wolves, sound) = (0, 0);
        foreach (var (one, seed) in Chosen(FaultCases.Sound, only).SelectMany(one => seeds.Select(seed => (one, seed))))
        {
            var findings = Examine(one, isTuned, seed, out var text);
            (wolves, sound) = (wolves + (findings.Count > 0 ? 1 : 0), sound + 1);
            Line(one, findings, findings.Count == 0 ? "yes" : "**no**", text, findings.Count > 0);
        }

        var summary = string.Create(CultureInfo.InvariantCulture, $"{named} of {planted} planted faults are named, {first} of them first; {wolves} of {sound} sound models {(wolves == 1 ? "is" : "are")} said to have one.");
        Console.WriteLine($"\n{summary}\n\n{table}");
        if (args.FirstOrDefault(argument => argument.EndsWith(".md", StringComparison.Ordinal)) is { } document)
            new DocumentTable("faults").Write(document, $"{summary}\n\n{table}");

        void Line(FaultCase one, IReadOnlyList<DiagnosisFinding> findings, string right, string text, bool tells)
        {
            var found = findings.Count == 0 ? "" : string.Join(", ", findings.Select(finding => finding.Fault));
            table.Append(CultureInfo.InvariantCulture, $"| {one.Name} | {(isTuned ? one.Tuned : one.Verified)} | {found} | {right} |\n");
            Console.WriteLine($"{right,-6} {one.Name} ({(isTuned ? one.Tuned : one.Verified)}): planted {one.Planted?.ToString() ?? "nothing"}, found {found}");
            if (tells)
                Console.WriteLine(text);
        }
    }

    private static IEnumerable<FaultCase> Chosen(IReadOnlyList<FaultCase> cases, string? only) => cases.Where(one => only is null || one.Name.Contains(only, StringComparison.Ordinal));

    private static IReadOnlyList<DiagnosisFinding> Examine(FaultCase one, bool isTuned, int seed, out string text)
    {
        var source = isTuned ? one.Tuned : one.Verified;
        var (training, validation) = source.Split(seed, one.Most);
        var rows = new FaultRows(training, validation, source.Classes, new Random(seed));
        one.Rows(rows);
        var ml = new MLContext(seed);
        var (train, test) = (FaultRow.View(ml, rows.Training, source.Classes), FaultRow.View(ml, rows.Validation, source.Classes));
        var options = one.Options(new NeuralNetworkOptions { Architecture = NetworkArchitecture.Mlp(256, 256), Seed = seed });
        IEstimator<ITransformer> trainer = source.Classes switch
        {
            0 => ml.Regression.Trainers.NeuralNetwork(options),
            2 => ml.BinaryClassification.Trainers.NeuralNetwork(options),
            _ => ml.MulticlassClassification.Trainers.NeuralNetwork(options),
        };
        var model = ml.Transforms.Concatenate("Features", nameof(FaultRow.Numbers), nameof(FaultRow.Extra)).Append(trainer).Fit(train);
        var diagnosis = ml.Regularization().Diagnose(model, new DiagnosisOptions { TrainingRows = train, ValidationRows = test, Seed = seed });
        text = diagnosis.ToString();
        return diagnosis.Findings;
    }
}
