using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Convolutions;

/// <summary>How fast convolutions are computed, and products of their size.</summary>
internal static class ConvolutionCommand
{
    /// <summary>The command: measures all of them, and writes them into a document where one is named.</summary>
    public static void Run(string[] args)
    {
        var table = new StringBuilder("| maps, 3 x 3 kernels | images | libtorch, forward | both gradients | library, forward | both gradients | a product of its size |\n|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (var example in ConvolutionCase.All)
        {
            var (libTorch, library) = (example.OfLibTorch(), example.OfLibrary());
            var own = library is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed.Forward:0} | {speed.Gradients:0}") : "as libtorch | as libtorch";
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"| {example.Inputs} to {example.Outputs} of {example.Side} x {example.Side} | {example.Batch} | {libTorch.Forward:0} | {libTorch.Gradients:0} | {own} | {example.OfProduct():0} |");
            Console.WriteLine(line);
            table.AppendLine(line);
        }

        if (args is [var document])
            new DocumentTable("convolutions").Write(document, table.ToString());
    }
}
