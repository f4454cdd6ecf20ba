using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Models of groups: see <see cref="RegularizationCatalog.FitEach"/>.</summary>
public static class GroupCatalog
{
    /// <summary>The part of a fitted or loaded model that scores each row with the network of its group; it tells what each group got. Of several the last one.</summary>
    /// <param name="model">A chain of transformers, or a single one.</param>
    /// <exception cref="ArgumentException">The model has no groups.</exception>
    /// <example><code>
    /// foreach (var group in model.GetGroups().Groups)
    ///     Console.WriteLine($"{group.Name}, {group.Rows} rows: {(group.Network is null ? "the common network" : "its own")}");
    /// </code></example>
    public static GroupTransformer GetGroups(this ITransformer model)
    {
        Contracts.CheckValue(model, nameof(model));
        return ChainLinks.Of(model).Select(link => link.Transformer).OfType<GroupTransformer>().LastOrDefault()
            ?? throw Contracts.ExceptParam(nameof(model), $"The model, a {model.GetType().Name}, has no groups: FitEach gives one that has.");
    }
}
