using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Categories;

/// <summary>
/// What a table costs whose one category is hashed to many values, most of which never occur: <c>categories</c> prints seconds and peak memory of fits with few and with
/// many bits, each in a process of its own; <c>categories 20</c> of the bits that are named.
/// </summary>
internal static class CategoryCommand
{
    private const string Case = "case";
    private const int Rows = 10_000;
    private const int Values = 5_000;
    private const int Epochs = 3;

    private static readonly int[] Bits = [8, 12, 16, 20];

    public static void Run(string[] args)
    {
        if (args is [Case, var own])
        {
            Console.WriteLine(JsonSerializer.Serialize(Measure(Parse(own))));
            return;
        }

        Console.WriteLine($"{Rows} rows, {Epochs} epochs, one number and one category of {Values} values:");
        foreach (var bits in args.Length == 0 ? Bits : args.Select(Parse))
        {
            var result = FreshProcess.Run<CategoryMeasurement>("categories", Case, bits.ToString(CultureInfo.InvariantCulture));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"hashed to {bits} bits: {result.Seconds:0.0} s, peak {result.PeakMegabytes:0} MB"));
        }
    }

    private static int Parse(string bits) => int.Parse(bits, CultureInfo.InvariantCulture);

    private static CategoryMeasurement Measure(int bits)
    {
        var ml = new MLContext(seed: 1);
        var pipeline = ml.Transforms.Conversion.Hash(nameof(Row.Code), numberOfBits: bits)
            .Append(ml.Transforms.Concatenate("Features", nameof(Row.Amount)))
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                CategoricalColumnNames = [nameof(Row.Code)],
                MaxEpochs = Epochs,
            }));
        var view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(Row.At));
        var clock = Stopwatch.StartNew();
        pipeline.Fit(view);
        var seconds = clock.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        return new CategoryMeasurement(seconds, process.PeakWorkingSet64 / (double)(1 << 20));
    }

    private sealed class Row
    {
        public string Code { get; set; } = "";

        public float Amount { get; set; }

        public bool Label { get; set; }

        public static Row At(int id)
        {
            var value = id * 7919 % Values;
            return new Row { Code = "code " + value, Amount = id % 17 / 17f, Label = value % 3 == 0 };
        }
    }
}
