using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Compares the capabilities that options need with those that architecture, task and loss offer.</summary>
internal static class Compatibility
{
    /// <param name="context">Makes the error.</param>
    /// <param name="demands">Options that are set, in the order in which they are looked at.</param>
    /// <param name="counterparts">The architecture, task and loss that they are used with.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option needs what is not offered; the message names both sides.</exception>
    public static void Check(IExceptionContext context, IEnumerable<Demand> demands, params ReadOnlySpan<ICounterpart> counterparts)
    {
        foreach (var demand in demands)
        {
            foreach (var counterpart in counterparts)
            {
                var missing = demand.Needs & counterpart.Answers & ~counterpart.Offers;
                if (missing != Capabilities.None)
                    throw context.ExceptUserArg(demand.Option, counterpart.Refusal(demand, missing));
            }
        }
    }
}
