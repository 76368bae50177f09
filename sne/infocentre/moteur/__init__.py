"""The engines that read and write the lake, in processes of their own: nothing else loads them."""
