using System.Globalization;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>Evaluates what <see cref="ToyExport"/> writes, row by row in plain loops, and with nothing of the library.</summary>
internal static class ToyProgram
{
    public static double[] Run(string program, float[] features)
    {
        var row = Array.ConvertAll(features, value => (double)value);
        var streams = new Stack<double[]>();
        foreach (var line in program.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            var numbers = words.Skip(1).Select(list => list.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToArray();
            switch (words[0])
            {
                case "scale":
                    row = [.. row.Select((x, i) => (x - numbers[0][i]) * numbers[1][i])];
                    break;
                case "squash":
                    row = [.. row.Select(x => x / Math.Sqrt(1 + x / 3 * (x / 3)))];
                    break;
                case "linear":
                    row = [.. numbers[1].Select((bias, unit) => bias + row.Select((x, i) => x * numbers[0][unit * row.Length + i]).Sum())];
                    break;
                case "batch":
                    row = [.. row.Select((x, i) => (x - numbers[2][i]) / Math.Sqrt(numbers[3][i] + 1e-5) * numbers[0][i] + numbers[1][i])];
                    break;
                case "layer":
                    var mean = row.Average();
                    var deviation = Math.Sqrt(row.Average(x => (x - mean) * (x - mean)) + 1e-5);
                    row = [.. row.Select((x, i) => (x - mean) / deviation * numbers[0][i] + numbers[1][i])];
                    break;
                case "ReLU":
                    row = [.. row.Select(x => Math.Max(x, 0))];
                    break;
                case "Tanh":
                    row = [.. row.Select(Math.Tanh)];
                    break;
                case "SiLU":
                    row = [.. row.Select(x => x / (1 + Math.Exp(-x)))];
                    break;
                case "begin":
                    streams.Push(row);
                    break;
                case "add":
                    row = [.. row.Zip(streams.Pop(), (change, stream) => stream + numbers[0][0] * change)];
                    break;
                case "mix":
                    row = [.. row.Zip(streams.Pop(), numbers[0]).Select(unit => unit.Second + unit.Third * (unit.First - unit.Second))];
                    break;
                case "last":
                    var places = numbers[0].Select(place => (int)place).ToHashSet();
                    row = [.. row.Where((_, i) => !places.Contains(i)), .. row.Where((_, i) => places.Contains(i))];
                    break;
                case "waves":
                    var count = numbers[0].Length / 16;
                    row = [.. row.Take(count).SelectMany((x, i) => Waves(x, i, numbers).Prepend(x)), .. row.Skip(count)];
                    break;
                case "nothing":
                    break;
                default:
                    throw new FormatException($"Nobody knows '{words[0]}'.");
            }
        }

        return row;
    }

    private static IEnumerable<double> Waves(double x, int number, double[][] weights)
    {
        var (frequency, phase, mixing, shift) = (weights[0], weights[1], weights[2], weights[3]);
        return Enumerable.Range(0, 3).Select(k => shift[3 * number + k] + Enumerable.Range(16 * number, 16).Sum(
            wave => mixing[3 * wave + k] * Math.Cos(2 * Math.PI * frequency[wave] * x + phase[wave])));
    }
}
