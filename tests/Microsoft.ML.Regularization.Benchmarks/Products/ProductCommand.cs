using System.Globalization;

namespace Microsoft.ML.Regularization.Benchmarks.Products;

/// <summary>How fast matrices of the sizes of layers are multiplied.</summary>
internal static class ProductCommand
{
    /// <summary>The command: measures all products, or those of so many rows.</summary>
    public static void Run(string[] args)
    {
        Console.WriteLine("| product | rows | numbers | library, GFLOP/s | libtorch, GFLOP/s |\n|---|---:|---:|---:|---:|");
        foreach (var product in ProductCase.All)
        {
            if (args is [var rows] && product.Batch != int.Parse(rows, CultureInfo.InvariantCulture))
                continue;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {product.Kind} | {product.Batch} | {product.Inputs} to {product.Outputs} | {product.OfLibrary():0} | {product.OfLibTorch():0} |"));
        }
    }
}
