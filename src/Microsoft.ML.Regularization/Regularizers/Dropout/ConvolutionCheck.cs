using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Refuses the noise on weights that convolutions have no form of: their weights are shared by all places of a map.</summary>
internal static class ConvolutionCheck
{
    public static void Check(IExceptionContext context, RegularizationRecipe recipe, NetworkArchitecture architecture)
    {
        var (option, reason) = recipe.Dropout switch
        {
            VariationalDropout => (nameof(VariationalDropout), "learns rates of linear layers"),
            DropConnect { PerExample: true } => ($"{nameof(DropConnect)}.{nameof(DropConnect.PerExample)}", "gives each row linear layers of its own"),
            DropConnect { Inference: DropConnectInference.MomentMatched } =>
                ($"{nameof(DropConnect)}.{nameof(DropConnectInference.MomentMatched)}", "takes the units of a layer for independent"),
            _ => (null, null),
        };
        if (option is not null)
        {
            throw context.ExceptUserArg(
                nameof(recipe.Dropout),
                $"Dropout is {option} ({recipe.Dropout}), which {reason}, but Architecture is {architecture}, whose layers are convolutions: take "
                + $"{nameof(SpatialDropout)}, {nameof(StandardDropout)}, or {nameof(DropConnect)} by batch that scores with mean weights.");
        }
    }
}
