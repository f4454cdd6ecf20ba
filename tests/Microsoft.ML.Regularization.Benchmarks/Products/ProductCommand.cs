using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Products;

/// <summary>How fast matrices of the sizes of layers are multiplied.</summary>
internal static class ProductCommand
{
    /// <summary>The command: measures all products, and writes them into a document (.md) where one is named; or those whose names have a part in common.</summary>
    public static void Run(string[] args)
    {
        var document = args.FirstOrDefault(argument => argument.EndsWith(".md", StringComparison.Ordinal));
        var part = document is null ? args.FirstOrDefault() ?? "" : "";
        var table = new StringBuilder("| a layer, rows of a step | forward | gradient of rows | gradient of weights |\n|---|---:|---:|---:|\n");
        foreach (var layer in ProductCase.All.GroupBy(product => (product.Batch, product.Inputs, product.Outputs)))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{layer.Key.Inputs} to {layer.Key.Outputs}, {layer.Key.Batch}");
            if (!name.Contains(part, StringComparison.Ordinal))
                continue;
            var speeds = layer.OrderBy(product => product.Kind).Select(product => $"{product.OfLibrary():0} / {product.OfLibTorch():0}{(product.OfMkl() is { } mkl ? $" / {mkl:0}" : "")}");
            var line = $"| {name} | {string.Join(" | ", speeds)} |";
            Console.WriteLine(line);
            table.AppendLine(line);
        }

        if (document is not null)
            new DocumentTable("products").Write(document, table.ToString());
    }
}
