using Microsoft.ML.Regularization.Ensembles;
using Microsoft.ML.Regularization.Regularizers;
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
        if (architecture is not RealMlpArchitecture real)
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
        if (pack.Draws is { } draws)
            CheckDraws(context, draws, options, real, task);
    }

    private static void CheckDraws(IExceptionContext context, PackDraws draws, NeuralNetworkOptions options, RealMlpArchitecture architecture, LearningTask task)
    {
        var mixesTargets = options.Loss?.Offers.HasFlag(Capabilities.MixedTargets) != false;
        Refuse(PackDraws.LabelSmoothing, !task.Offers.HasFlag(Capabilities.Classes), $"the task is {task}, whose labels are not smoothed");
        Refuse(PackDraws.LabelSmoothing, !mixesTargets, $"{LossFunction.Option} is {options.Loss}, which is defined for hard labels");
        Refuse(PackDraws.Mixup, !mixesTargets, $"{LossFunction.Option} is {options.Loss}, which is defined for hard labels");
        Refuse(PackDraws.Mixup, options.Recipe?.ManifoldMixup is not null, $"the recipe has its own {options.Recipe?.ManifoldMixup}");
        Refuse(PackDraws.Frequencies | PackDraws.PiecewiseLinear, !PackDraw.HasOwnEmbedding(architecture), $"Architecture is {architecture}, which says what numbers become");

        void Refuse(PackDraws what, bool isContradiction, string why)
        {
            if (isContradiction && (draws & what) != PackDraws.None)
                throw context.ExceptUserArg(nameof(options.Pack), $"Pack.Draws names {draws & what}, but {why}: leave one of them out.");
        }
    }
}
