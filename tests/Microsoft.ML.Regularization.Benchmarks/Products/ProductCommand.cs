using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Products;

/// <summary>How fast matrices of the sizes of layers are multiplied.</summary>
internal static class ProductCommand
{
    /// <summary>The command: measures all products, and writes them into a document where one is named.</summary>
    public static void Run(string[] args)
    {
        var table = new StringBuilder("| a layer, rows of a step | forward | gradient of rows | gradient of weights |\n|---|---:|---:|---:|\n");
        foreach (var layer in ProductCase.All.GroupBy(product => (product.Batch, product.Inputs, product.Outputs)))
        {
            var speeds = layer.OrderBy(product => product.Kind).Select(product => $"{product.OfLibrary():0} / {product.OfLibTorch():0}{(product.OfMkl() is { } mkl ? $" / {mkl:0}" : "")}");
            var line = string.Create(CultureInfo.InvariantCulture, $"| {layer.Key.Inputs} to {layer.Key.Outputs}, {layer.Key.Batch} | {string.Join(" | ", speeds)} |");
            Console.WriteLine(line);
            table.AppendLine(line);
        }

        if (args is [var document])
            new DocumentTable("products").Write(document, table.ToString());
    }
}
