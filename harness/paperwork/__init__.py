"""What is done with what runs left: pages made anew, runs laid side by side, bundles and their proof."""
