using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks what a pack needs of the other options.</summary>
internal static class PackCheck
{
    private const int MostNetworks = 1024;

    /// <param name="context">Makes errors.</param>
    /// <param name="options">The options.</param>
    /// <param name="architecture">The architecture that results from them.</param>
    /// <param name="task">What is learned.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or contradicts another one.</exception>
    public static void Check(IExceptionContext context, NeuralNetworkOptions options, NetworkArchitecture architecture, LearningTask task)
    {
        if (options.Pack is not { } pack)
            return;

        pack.Validate(context);
        if (architecture is not RealMlpArchitecture)
        {
            throw context.ExceptUserArg(
                nameof(options.Pack), $"Pack draws settings of networks of RealMLP's kind, but Architecture is {architecture}: leave it null, or take NetworkArchitecture.RealMlp().");
        }

        if (options.Members is { } members)
            throw context.ExceptUserArg(nameof(options.Members), $"Members is {members}, but Pack has members of its own: leave Members null, and set Pack.Members.");
        if (pack.Members * (options.Folds ?? 1) > MostNetworks)
            throw context.ExceptUserArg(nameof(options.Folds), $"Folds * Pack.Members must be at most {MostNetworks}, but Folds is {options.Folds} and Pack.Members {pack.Members}.");
        if (pack.Metric is { } metric && !task.Metrics.Contains(metric))
            throw context.ExceptUserArg(nameof(options.Pack), $"Pack.Metric is {metric}, which a {task} does not measure: it measures {string.Join(", ", task.Metrics)}.");
    }
}
