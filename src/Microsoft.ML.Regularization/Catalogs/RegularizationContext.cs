using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What helps with models.</summary>
public static class RegularizationContext
{
    /// <summary>Reports of models.</summary>
    /// <param name="context">The context.</param>
    /// <example><code>
    /// ml.Regularization().Report(model, test, "report.html");
    /// </code></example>
    public static RegularizationCatalog Regularization(this MLContext context)
    {
        Contracts.CheckValue(context, nameof(context));
        return new RegularizationCatalog(context);
    }
}
